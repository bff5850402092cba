import { canonicalJson } from '../shared/canonical-json.ts';
import { ClarityError } from '../shared/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { toYaml } from './document.ts';
import { applySplices, splicesBetween } from './edit-splices.ts';
import { readYaml } from './read-yaml.ts';

/** Fields to set, with parents that are made where they are missing, and fields to take away. */
export interface ManifestEdit {
  readonly set?: readonly { readonly path: readonly string[]; readonly value: Json }[];
  readonly unset?: readonly (readonly string[])[];
}

/**
 * Changes fields of one document of a text: comments, order and spacing of everything else stay byte for byte.
 * `index` counts as in ParsedDocument. Throws ClarityError NotFound where there is no such document, ManifestInvalid where it does not parse,
 * BadRequest where a path leads through a text or a list.
 */
export function editDocument(text: string, index: number, edit: ManifestEdit): string {
  return rewrite(text, index, (raw) => {
    const set = (edit.set ?? []).reduce((at, { path, value }) => setAt(at, path, value), raw);
    return (edit.unset ?? []).reduce(unsetAt, set);
  });
}

/** Makes one document of a text mean `raw`; comments and spacing of what is equal stay. Throws as editDocument does. */
export function replaceDocument(text: string, index: number, raw: JsonObject): string {
  return rewrite(text, index, () => raw);
}

function rewrite(text: string, index: number, change: (raw: JsonObject) => JsonObject): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(bom.length);
  const { documents } = readYaml(plain);
  const found = documents[index];
  if (found?.root === undefined) throw new ClarityError('NotFound', `the text has no document ${String(index + 1)}`);
  const { root, raw, findings } = found;
  if (raw === undefined) {
    throw new ClarityError(
      'ManifestInvalid',
      `the document cannot be edited: ${findings[0]?.message ?? 'it is no map'}`,
    );
  }
  const wanted = change(raw);
  if (canonicalJson(wanted) === canonicalJson(raw)) return text;
  const spliced = applySplices(plain, splicesBetween(plain, root, raw, wanted));
  const expected = documents.map((document) => (document === found ? wanted : document.raw));
  if (means(spliced, expected)) return bom + spliced;
  // Anchors whose aliases stand elsewhere cannot be edited in place: the document is written anew.
  const [from, , to] = root.range ?? [0, 0, plain.length];
  return bom + plain.slice(0, from) + toYaml(wanted) + plain.slice(to);
}

function means(text: string, expected: readonly (JsonObject | undefined)[]): boolean {
  return canonicalJson(readYaml(text).documents.map(({ raw }) => raw)) === canonicalJson(expected);
}

function setAt(at: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) throw new ClarityError('BadRequest', 'an edit needs a path');
  if (rest.length === 0) return { ...at, [step]: value };
  const child = at[step] ?? {};
  if (!isJsonObject(child))
    throw new ClarityError('BadRequest', `${step} is no map, so that ${rest.join('.')} cannot be set in it`);
  return { ...at, [step]: setAt(child, rest, value) };
}

function unsetAt(at: JsonObject, path: readonly string[]): JsonObject {
  const [step, ...rest] = path;
  const child = step === undefined ? undefined : at[step];
  if (step === undefined || child === undefined) return at;
  if (rest.length > 0) return isJsonObject(child) ? { ...at, [step]: unsetAt(child, rest) } : at;
  return Object.fromEntries(Object.entries(at).filter(([key]) => key !== step));
}
