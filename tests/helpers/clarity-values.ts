import { RecordValue, VariantValue, type ClarityValue } from '../../src/wasm-host/value.ts';

const fieldMap = (fields: Readonly<Record<string, ClarityValue>>) => new Map(Object.entries(fields));

/** A record value from an object. */
export const record = (fields: Readonly<Record<string, ClarityValue>>) => new RecordValue(fieldMap(fields));
/** A variant of a union from its name and fields. */
export const variant = (name: string, fields: Readonly<Record<string, ClarityValue>> = {}) =>
  new VariantValue(name, fieldMap(fields));
export const some = (value: ClarityValue) => variant('Some', { value });
export const none = variant('None');
export const ok = (value: ClarityValue) => variant('Ok', { value });
export const err = (error: ClarityValue) => variant('Err', { error });
