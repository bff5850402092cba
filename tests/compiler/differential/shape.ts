import { RecordValue, VariantValue, type ClarityValue } from '../../../src/wasm-host/value.ts';
import type { Value } from './evaluate.ts';

/** A value of the host and one of the evaluator in one form that can be compared. */
export function shape(value: ClarityValue | Value): unknown {
  if (Array.isArray(value)) return (value as readonly Value[]).map(shape);
  if (typeof value !== 'object') return value;
  if (value instanceof RecordValue) return byName(value.fields);
  if (value instanceof VariantValue) return { variant: value.name, fields: [...value.fields.values()].map(shape) };
  if ('record' in value) return byName(value.record);
  if ('variant' in value) return { variant: value.variant, fields: value.fields.map(shape) };
  throw new Error('not a value of a random program');
}

const byName = (fields: ReadonlyMap<string, ClarityValue | Value>) => ({
  record: Object.fromEntries([...fields].map(([name, field]) => [name, shape(field)])),
});
