import { RecordValue, VariantValue } from '../value.ts';

/** A value in a few words, for the sentence that refuses it. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
    case 'bigint':
      return value.toString().length > 30 ? 'a very large integer' : `the integer ${value}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'nothing';
    case 'object':
      return describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  if (value instanceof VariantValue) return `the variant ${value.name}`;
  if (value instanceof RecordValue) return 'a record';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Map) return 'a map';
  return Array.isArray(value) ? 'a list' : 'an object';
}
