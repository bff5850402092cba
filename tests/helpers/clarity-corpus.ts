import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { FunctionValue, RecordValue, VariantValue, type ClarityValue } from '../../src/wasm-host/value.ts';

/** Where the conformance programs are. */
export const CORPUS = join(import.meta.dirname, '..', 'fixtures', 'clarity-corpus');

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface CorpusCase {
  readonly function: string;
  readonly params: readonly string[];
  readonly returns: string;
  readonly args: readonly Json[];
  readonly result?: Json;
  readonly error?: string;
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly asserts?: Json;
  readonly stdin?: string;
}

export interface CorpusProgram {
  readonly file: string;
  readonly feature: string;
  readonly expect: 'run' | 'reject';
  readonly cases?: readonly CorpusCase[];
  readonly diagnostics?: readonly { readonly kind: string; readonly file: string; readonly line: number }[];
}

export interface Quirk {
  readonly id: string;
  readonly file: string;
  readonly original: { readonly calls?: readonly { readonly function: string; readonly args: readonly Json[] }[] };
  readonly recommended: {
    readonly why: string;
    readonly reject?: string;
    readonly stdout?: readonly string[];
  } & Readonly<Record<string, Json | undefined>>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(CORPUS, name), 'utf8'));

export const corpusPrograms = (read('public/cases.json') as { programs: readonly CorpusProgram[] }).programs;
export const quirks = (read('quirks.json') as { entries: readonly Quirk[] }).entries;

/** A type of the corpus: see the fixture's README. */
export type CorpusType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'list'; readonly element: CorpusType }
  | { readonly kind: 'map'; readonly key: CorpusType; readonly value: CorpusType }
  | { readonly kind: 'record'; readonly fields: readonly CorpusField[] }
  | { readonly kind: 'union'; readonly builtin: boolean; readonly variants: readonly CorpusVariant[] }
  | { readonly kind: 'function' };
interface CorpusField {
  readonly name: string;
  readonly type: CorpusType;
}
interface CorpusVariant {
  readonly name: string;
  readonly fields: readonly CorpusField[];
}

/** Reads the type notation of the corpus. */
export function corpusType(text: string): CorpusType {
  const tokens = text.match(/\w+|->|[<>{}(),:|]/g) ?? [];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const eat = (token: string) => {
    if (next() !== token) throw new Error(`bad type ${text}: wanted ${token}`);
  };
  const took = (token: string) => tokens[at] === token && ++at > 0;
  const fields = (close: string): CorpusField[] => {
    const out: CorpusField[] = [];
    while (!took(close)) {
      const name = next();
      eat(':');
      out.push({ name, type: type() });
      took(',');
    }
    return out;
  };
  const args = (count: number): CorpusType[] => {
    eat('<');
    const out = [type()];
    while (out.length < count) {
      eat(',');
      out.push(type());
    }
    eat('>');
    return out;
  };
  const type = (): CorpusType => {
    const name = next();
    switch (name) {
      case 'List':
        return { kind: 'list', element: args(1)[0]! };
      case 'Option':
        return builtinUnion(['Some', 'value', args(1)[0]!], ['None']);
      case 'Result': {
        const [value, error] = args(2);
        return builtinUnion(['Ok', 'value', value!], ['Err', 'error', error!]);
      }
      case 'Map': {
        const [key, value] = args(2);
        return { kind: 'map', key: key!, value: value! };
      }
      case 'Record':
        eat('{');
        return { kind: 'record', fields: fields('}') };
      case 'Union': {
        eat('{');
        const variants: CorpusVariant[] = [];
        do variants.push({ name: next(), fields: took('(') ? fields(')') : [] });
        while (took('|'));
        eat('}');
        return { kind: 'union', builtin: false, variants };
      }
      case 'Fn':
        eat('(');
        while (!took(')')) type();
        eat('->');
        type();
        return { kind: 'function' };
      default:
        return { kind: 'scalar', name };
    }
  };
  return type();
}

function builtinUnion(...variants: (readonly [string, string?, CorpusType?])[]): CorpusType {
  return {
    kind: 'union',
    builtin: true,
    variants: variants.map(([name, field, type]) => ({
      name,
      fields: field === undefined || type === undefined ? [] : [{ name: field, type }],
    })),
  };
}

const NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

/** A value of the corpus as the host takes it. */
export function fromCorpus(type: CorpusType, json: Json | undefined): ClarityValue {
  switch (type.kind) {
    case 'list':
      return (json as Json[]).map((item) => fromCorpus(type.element, item));
    case 'map':
      return new Map(
        (json as Json[][]).map(([key, value]) => [fromCorpus(type.key, key), fromCorpus(type.value, value)]),
      );
    case 'record':
      return new RecordValue(
        new Map(
          type.fields.map((field) => [field.name, fromCorpus(field.type, (json as Record<string, Json>)[field.name])]),
        ),
      );
    case 'union': {
      const [name, payload] = typeof json === 'string' ? [json, []] : Object.entries(json as Record<string, Json>)[0]!;
      const found = type.variants.find((one) => one.name === name);
      if (found === undefined) throw new Error(`no variant ${name}`);
      const items = type.builtin ? [payload] : (payload as Json[]);
      return new VariantValue(
        name,
        new Map(found.fields.map((field, i) => [field.name, fromCorpus(field.type, items[i])])),
      );
    }
    case 'function':
      throw new Error('a function cannot be passed');
    case 'scalar':
      return scalarFromCorpus(type.name, json);
  }
}

function scalarFromCorpus(name: string, json: Json | undefined): ClarityValue {
  if (name === 'Int64' || name === 'Timestamp') return BigInt(json as string);
  if (name === 'Float64') return typeof json === 'string' ? NUMBERS[json]! : (json as number);
  if (name === 'Bytes') return Uint8Array.from(json as number[]);
  if (name === 'Unit') return undefined;
  return json as string | boolean;
}

/** A value of the host in the notation of the corpus. */
export function toCorpus(value: ClarityValue): Json {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof FunctionValue) return { closure: true };
  if (value instanceof RecordValue)
    return Object.fromEntries([...value.fields].map(([name, field]) => [name, toCorpus(field)]));
  if (value instanceof VariantValue) {
    const items = [...value.fields.values()].map(toCorpus);
    if (items.length === 0) return value.name;
    return { [value.name]: ['Some', 'Ok', 'Err'].includes(value.name) ? items[0]! : items };
  }
  if (value instanceof Map) return [...value].map(([key, item]) => [toCorpus(key), toCorpus(item)]);
  return (value as readonly ClarityValue[]).map(toCorpus);
}
