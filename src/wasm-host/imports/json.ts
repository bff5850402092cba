import type { Host } from '../host.ts';
import { err32, none, ok32, optionalText, some32, some64, textList } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';
import { isObject, JsonDocuments, member, textOf, type JsonValue } from './json-document.ts';

/** JSON over texts and `Map<String, String>` (language.md §11 json). */
export const jsonImports: ImportGroup = (host) => {
  const { memory } = host;
  const documents = new JsonDocuments(host);
  const read = (json: number) => documents.read(memory.text(json));
  const found = (value: JsonValue | undefined) =>
    optionalText(memory, value === undefined || value === null ? undefined : textOf(value));
  return {
    json_parse: (json: number) => {
      const value = read(json);
      return isFlat(value) ? some32(memory, mapOf(host, value)) : none(memory);
    },
    json_parse_object: (json: number) => parseObject(host, memory.text(json)),
    json_stringify: (map: number) => memory.writeText(objectText(host, map, bareOrQuoted)),
    json_stringify_object: (map: number) => memory.writeText(objectText(host, map, JSON.stringify)),
    json_get: (json: number, key: number) => found(member(read(json), memory.text(key))),
    json_get_path: (json: number, path: number) => {
      let value = read(json);
      for (const key of memory.text(path).split('.')) value = member(value, key);
      return found(value);
    },
    json_get_nested: (json: number, path: number) => {
      let value = read(json);
      for (const key of memory.text(path).split('.'))
        value = Array.isArray(value) ? element(value, key) : member(value, key);
      return found(value);
    },
    json_array_length: (json: number) => {
      const value = read(json);
      return Array.isArray(value) ? some64(memory, BigInt(value.length)) : none(memory);
    },
    json_array_get: (json: number, index: bigint) => {
      const value = read(json);
      const item = Array.isArray(value) && index >= 0n ? value[Number(index)] : undefined;
      return optionalText(memory, item === undefined ? undefined : textOf(item));
    },
    json_keys: (json: number) => {
      const value = read(json);
      return isObject(value) ? some32(memory, textList(memory, Object.keys(value))) : none(memory);
    },
    json_escape_string: (text: number) => memory.writeText(JSON.stringify(memory.text(text)).slice(1, -1)),
  };
};

/** An object with no object or array in it. */
function isFlat(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return isObject(value) && Object.values(value).every((item) => item === null || typeof item !== 'object');
}

/** Segments of a path that are digits are positions. */
function element(list: readonly JsonValue[], key: string): JsonValue | undefined {
  return /^\d+$/.test(key) ? list[Number(key)] : undefined;
}

function mapOf({ memory, maps }: Host, object: { readonly [key: string]: JsonValue }): number {
  let map = maps.get(maps.create());
  for (const key of Object.keys(object)) map = map.set(key, memory.writeText(textOf(object[key] ?? null)));
  return maps.add(map);
}

/** `Result<Map<String, String>, String>`; the engine words the error. */
function parseObject(host: Host, json: string): number {
  const fail = (message: string) => err32(host.memory, host.memory.writeText(message));
  try {
    const value = JSON.parse(json) as JsonValue;
    return isObject(value) ? ok32(host.memory, mapOf(host, value)) : fail('The JSON text is not an object.');
  } catch (error) {
    if (error instanceof SyntaxError) return fail(error.message);
    throw error;
  }
}

function objectText({ memory, maps }: Host, map: number, valueText: (text: string) => string): string {
  const members: string[] = [];
  for (const [key, cell] of maps.get(map).entries()) {
    members.push(`${JSON.stringify(String(key))}:${valueText(memory.text(Number(cell)))}`);
  }
  return `{${members.join(',')}}`;
}

/** A text that is a JSON literal or number is written bare, any other as a JSON string. */
function bareOrQuoted(text: string): string {
  const trimmed = text.trim();
  return /^(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(trimmed)
    ? trimmed
    : JSON.stringify(text);
}
