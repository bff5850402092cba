import { printable } from '../../shared/text.ts';
import { FunctionValue, RecordValue, VariantValue, type ClarityValue } from '../value.ts';
import type { Payload, Shape } from './shape.ts';

/** What lies deeper is shown as an ellipsis. */
const MAX_DEPTH = 200;

/**
 * A value as Clarity would write it, on one line: `Some(3)`, `{ x: 1, name: "a" }`, `[1, 2]`; a Float64 as `print_float` writes it. With the
 * shape of its type timestamps are dates. The text is safe for a terminal.
 */
export function render(value: ClarityValue, shape?: Shape): string {
  return write(value, shape, 0);
}

function write(value: ClarityValue, shape: Shape | undefined, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  switch (typeof value) {
    case 'undefined':
      return '()';
    case 'boolean':
      return value ? 'True' : 'False';
    case 'string':
      return printable(JSON.stringify(value));
    case 'bigint':
      return shape?.kind === 'Timestamp' ? dateText(value) : String(value);
    case 'number':
      return String(value);
    default:
      return writeObject(value, shape, depth + 1);
  }
}

function writeObject(value: ClarityValue & object, shape: Shape | undefined, depth: number): string {
  if (value instanceof RecordValue) {
    const parts = writeFields(value.fields, shape?.kind === 'record' ? shape.payload : undefined, depth);
    return parts.length === 0 ? '{}' : `{ ${parts.map(([name, text]) => `${name}: ${text}`).join(', ')} }`;
  }
  if (value instanceof VariantValue) {
    const variants = shape?.kind === 'union' ? shape.variants : [];
    const payload = variants.find(({ name }) => name === value.name)?.payload;
    const parts = writeFields(value.fields, payload, depth);
    return parts.length === 0 ? value.name : `${value.name}(${parts.map(([, text]) => text).join(', ')})`;
  }
  if (value instanceof FunctionValue) return '<function>';
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (value instanceof Map) return writeMap(value, shape, depth);
  const element = shape?.kind === 'list' ? shape.element : undefined;
  return `[${[...(value as readonly ClarityValue[])].map((item) => write(item, element, depth)).join(', ')}]`;
}

function writeFields(
  fields: ReadonlyMap<string, ClarityValue>,
  payload: Payload | undefined,
  depth: number,
): readonly (readonly [name: string, text: string])[] {
  const shapes = new Map(payload?.fields.map(({ name, shape }) => [name, shape]));
  return [...fields].map(([name, field]) => [name, write(field, shapes.get(name), depth)]);
}

function writeMap(map: ReadonlyMap<ClarityValue, ClarityValue>, shape: Shape | undefined, depth: number): string {
  const [keyShape, valueShape] = shape?.kind === 'map' ? [shape.key, shape.value] : [];
  const entries = [...map].map(([key, value]) => `${write(key, keyShape, depth)}: ${write(value, valueShape, depth)}`);
  return `Map {${entries.length === 0 ? '' : ` ${entries.join(', ')} `}}`;
}

/** ISO 8601, or the number where there is no such date. */
function dateText(ms: bigint): string {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
