import { stringify } from 'yaml';
import { canonicalJson } from '../shared/canonical-json.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { applyDefaults } from './defaults.ts';
import { maskSecrets } from './secret-mask.ts';
import { ANNOTATIONS, type Document } from './types.ts';

/** The document as YAML text, keys in the given order, one line feed at the end. */
export function toYaml(raw: JsonObject): string {
  return stringify(raw, { version: '1.2', lineWidth: 0 });
}

/** True where both mean the same after defaulting; who wrote them last does not count, labels and annotations do. Both must be schema-valid. */
export function sameDocument(a: JsonObject, b: JsonObject): boolean {
  return canonicalJson(unmanaged(applyDefaults(a))) === canonicalJson(unmanaged(applyDefaults(b)));
}

/** One field that differs between two documents; undefined on the side that does not have it. */
export interface FieldChange {
  /** `spec.origin.args`; keys that are no plain names in brackets: `metadata.annotations["a/b"]`. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The fields in which two defaulted documents differ, in document order. Lists are compared whole. Values of secret-looking names are masked. */
export function diffDocuments(before: Document | undefined, after: Document | undefined): readonly FieldChange[] {
  const left = fields(before);
  const right = fields(after);
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => canonicalJson(left.get(path)) !== canonicalJson(right.get(path)))
    .filter((path) => !emptyBeside(path, left, right) && !emptyBeside(path, right, left))
    .map((path) => ({ path, ...side('before', left.get(path)), ...side('after', right.get(path)) }));
}

/** True for a map that is empty on one side only: the fields of the other side say it. */
function emptyBeside(path: string, own: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>): boolean {
  const below = [...other.keys()].some((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[`));
  return own.has(path) && !other.has(path) && below;
}

function side(name: 'before' | 'after', value: Json | undefined): Partial<FieldChange> {
  return value === undefined ? {} : { [name]: maskSecrets(value) };
}

function fields(document: Document | undefined): Map<string, Json> {
  const found = new Map<string, Json>();
  if (document !== undefined) collect(unmanaged(document), '', found);
  return found;
}

function collect(value: Json, path: string, found: Map<string, Json>): void {
  if (!isJsonObject(value) || (Object.keys(value).length === 0 && path !== '')) {
    found.set(path, value);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const step = /^[A-Za-z_]\w*$/.test(key) ? (path === '' ? key : `.${key}`) : `["${key}"]`;
    collect(member, path + step, found);
  }
}

function unmanaged(document: Document): JsonObject {
  const { [ANNOTATIONS.managedBy]: _, ...annotations } = document.metadata.annotations;
  return { ...document, metadata: { ...document.metadata, annotations } } as unknown as JsonObject;
}
