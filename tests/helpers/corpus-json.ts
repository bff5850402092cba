import { Buffer } from 'node:buffer';
import type { CorpusType, Json } from './clarity-corpus.ts';

/** A value in the notation of the corpus as the JSON of a tool (`toJson`): what lies between the two is written here, once. */
export function corpusJson(type: CorpusType, value: Json | undefined): Json {
  switch (type.kind) {
    case 'list':
      return (value as Json[]).map((item) => corpusJson(type.element, item));
    case 'map':
      return Object.fromEntries((value as Json[][]).map(([key, item]) => [key as string, corpusJson(type.value, item)]));
    case 'record':
      return members(type.fields, (_, name) => (value as Record<string, Json>)[name]);
    case 'union': {
      const [name, payload] =
        typeof value === 'string' ? [value, []] : Object.entries(value as Record<string, Json>)[0]!;
      return type.builtin ? builtin(type, name, payload) : variant(type, name, payload as Json[]);
    }
    case 'function':
      return '<function>';
    case 'scalar':
      return scalar(type.name, value ?? null);
  }
}

function scalar(name: string, value: Json): Json {
  if (name === 'Int64' || name === 'Timestamp') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (name === 'Bytes') return Buffer.from(value as number[]).toString('base64');
  return name === 'Float64' && value === '-0' ? -0 : value;
}

type Union = Extract<CorpusType, { kind: 'union' }>;

/** Option and Result. */
function builtin(type: Union, name: string, payload: Json | undefined): Json {
  if (name === 'None') return null;
  const inner = type.variants.find((each) => each.name === name)!.fields[0]!.type;
  const json = corpusJson(inner, payload);
  if (name !== 'Some') return { [name.toLowerCase()]: json };
  const nullable =
    (inner.kind === 'scalar' && inner.name === 'Unit') ||
    (inner.kind === 'union' && inner.builtin && inner.variants[1]!.name === 'None');
  return nullable ? { Some: json } : json;
}

function variant(type: Union, name: string, items: readonly Json[]): Json {
  const { fields } = type.variants.find((each) => each.name === name)!;
  return fields.length === 0 ? name : { [name]: members(fields, (i) => items[i]) };
}

function members(
  fields: readonly { readonly name: string; readonly type: CorpusType }[],
  value: (index: number, name: string) => Json | undefined,
): Json {
  return Object.fromEntries(fields.map(({ name, type }, i) => [name, corpusJson(type, value(i, name))]));
}
