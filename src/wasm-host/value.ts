/**
 * Clarity values on the side of the host: Int64 and Timestamp are bigint, Float64 number, Bool boolean, String string, Bytes Uint8Array, List
 * array, Map Map, Unit undefined; records, unions and functions are objects of the classes below.
 */
export type ClarityValue =
  | undefined
  | bigint
  | number
  | boolean
  | string
  | Uint8Array
  | readonly ClarityValue[]
  | ReadonlyMap<ClarityValue, ClarityValue>
  | RecordValue
  | VariantValue
  | FunctionValue;

/** A record: fields by name, in declaration order. */
export class RecordValue {
  constructor(readonly fields: ReadonlyMap<string, ClarityValue>) {}
}

/** A variant of a union, of Option (Some value, None) or Result (Ok value, Err error): fields by name, in declaration order. */
export class VariantValue {
  constructor(
    readonly name: string,
    readonly fields: ReadonlyMap<string, ClarityValue>,
  ) {}
}

/** A closure of the module; it can be shown, not called. */
export class FunctionValue {
  constructor(readonly address: number) {}
}
