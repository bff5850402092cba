import type { Json, JsonObject } from '../../../shared/json.ts';
import type { Shape, UnionShape } from '../../../wasm-host/marshal/shape.ts';
import { toJson } from '../../../wasm-host/marshal/to-json.ts';
import { VariantValue, type ClarityValue } from '../../../wasm-host/value.ts';

/** Shown where there is no value (original contract §8.1). */
export const NO_OUTPUT = '(no output)';

/**
 * A result as MCP has it (surfaces.md, MCP): text, and the record itself or `{result: value}` as structuredContent. Of a Result, Ok is its value,
 * and Err is isError. Throws `bad-result` for a value that JSON cannot carry.
 */
export function resultOf(shape: Shape, value: ClarityValue): JsonObject {
  if (shape.kind !== 'union' || shape.of !== 'result' || !(value instanceof VariantValue)) return success(shape, value);
  const { inner, content } = contentOf(shape, value);
  if (value.name === 'Ok') return success(inner, content);
  return errorResult(textOf(inner, content, toJson(inner, content)));
}

/**
 * As `resultOf`, but with the text as the original writes a result whose type it was told (original contract §8.2): Int64 inside of others is
 * text, a Result is `{"ok": …}` or `{"err": …}`.
 */
export function originalResultOf(shape: Shape, value: ClarityValue): JsonObject {
  const result = resultOf(shape, value);
  return { ...result, content: textContent(originalText(shape, value)) };
}

/** The text of a value as the original writes it. */
export function originalText(shape: Shape, value: ClarityValue): string {
  return textOf(shape, value, toJson(shape, value, 'text'));
}

/** A result that says that the call failed. */
export function errorResult(text: string): JsonObject {
  return { content: textContent(text), isError: true };
}

export function textContent(text: string): readonly JsonObject[] {
  return [{ type: 'text', text }];
}

function success(shape: Shape, value: ClarityValue): JsonObject {
  const json = toJson(shape, value);
  const structuredContent = shape.kind === 'record' ? (json as JsonObject) : { result: json };
  return { content: textContent(textOf(shape, value, json)), structuredContent };
}

/** Scalars as they are, all else as JSON. */
function textOf(shape: Shape, value: ClarityValue, json: Json): string {
  if (shape.kind === 'Unit') return NO_OUTPUT;
  switch (typeof value) {
    case 'bigint':
    case 'number':
    case 'boolean':
    case 'string':
      return String(value);
    default:
      return shape.kind === 'Bytes' && typeof json === 'string' ? json : JSON.stringify(json);
  }
}

function contentOf(shape: UnionShape, value: VariantValue): { readonly inner: Shape; readonly content: ClarityValue } {
  const field = shape.variants.find(({ name }) => name === value.name)?.payload.fields[0];
  return field === undefined
    ? { inner: { kind: 'Unit' }, content: undefined }
    : { inner: field.shape, content: value.fields.get(field.name) };
}
