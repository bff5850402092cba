import { MASK } from '../shared/mask.ts';
import type { ServiceView } from '../runtime/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

const ENTRY_LISTS = new Set(['env', 'headers']);
const MIN_MASKED = 4;
const INLINE_VALUE = /(\bvalue["']?\s*:[ \t]*)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,}\]][^,}\n]*)/g;

/** A copy in which the plain values of env and header entries, and passwords inside of URLs, are masked; references stay. */
export function maskManifest(value: Json | undefined, key = ''): Json | undefined {
  if (typeof value === 'string') return maskUrl(value);
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.map((item) => (ENTRY_LISTS.has(key) ? maskEntry(item) : (maskManifest(item) ?? null)));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskManifest(member, name)]));
}

function maskEntry(entry: Json): Json {
  if (!isJsonObject(entry) || entry.value === undefined) return entry;
  return { ...entry, value: MASK };
}

/** Masks the password of a URL. */
export function maskUrl(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:\s]*):[^/@\s]+@/i, `$1:${MASK}@`);
}

/** Masks one side of a field change, whose path says whether it is, holds or lies within an env or header list. */
export function maskField(path: string, value: Json | undefined): Json | undefined {
  const names = path.split(/[.[\]]+/).filter((name) => name !== '' && !/^\d+$/.test(name));
  const last = names.at(-1) ?? '';
  const inside = names.some((name) => ENTRY_LISTS.has(name));
  if (inside && last === 'value' && value !== undefined) return MASK;
  return inside && isJsonObject(value) ? maskEntry(value) : maskManifest(value, last);
}

/**
 * Masks a unified diff of manifest text: every `value:` on its line, and each whole line of the values given
 * (a block scalar's lines stand apart from their key).
 */
export function maskPatch(patch: string, values: ReadonlySet<string>): string {
  const lines = new Set([...values].flatMap((value) => value.split('\n').map((line) => line.trim())));
  lines.delete('');
  return patch
    .split('\n')
    .map((line) => {
      const text = line.slice(1).trim();
      return lines.has(text) ? line.slice(0, 1) + MASK : line.replace(INLINE_VALUE, `$1${MASK}`);
    })
    .join('\n');
}

/** Masks the values given wherever a text repeats them: a server that fails prints what it was started with. Short ones would hide words. */
export function maskText(text: string, values: ReadonlySet<string>): string {
  const long = [...values].filter((value) => value.length >= MIN_MASKED);
  return long.reduce((masked, value) => masked.replaceAll(value, MASK), text);
}

/** The plain values of every env and header entry below `value`. */
export function secretValues(value: Json | undefined, key = ''): string[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (!ENTRY_LISTS.has(key)) return items.flatMap((item) => secretValues(item));
    return items.flatMap((item) => (isJsonObject(item) && typeof item.value === 'string' ? [item.value] : []));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => secretValues(member, name));
}

/** The plain values that the manifests of these services hold. */
export function fleetSecrets(views: readonly ServiceView[]): string[] {
  return views.flatMap(({ desired }) => secretValues(desired.manifest as unknown as JsonObject));
}
