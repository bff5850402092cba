import { RecordValue, VariantValue, type ClarityValue } from '../../../src/wasm-host/value.ts';
import type { Choices } from './choices.ts';
import type { RecordOf, Value, VariantOf } from './evaluate.ts';
import { variantsOf, type Field, type Ty } from './tree.ts';

const SCALARS: Readonly<Record<string, readonly Value[]>> = {
  int: [0n, 1n, -1n, 3n, 5n, 42n, -(2n ** 63n), 2n ** 63n - 1n],
  float: [0, -0, 1.5, -2.5, 1e300, NaN, Infinity],
  bool: [true, false],
  str: ['', 'a', 'ab', '42', 'é😀', ' x\n'],
};

/** A value of any type of data, for the evaluator. */
export function argument(choices: Choices, ty: Ty, depth = 3): Value {
  switch (ty.k) {
    case 'list':
      return Array.from({ length: depth <= 0 ? 0 : choices.below(6) }, () => argument(choices, ty.of, depth - 1));
    case 'record':
      return { record: new Map(ty.decl.fields.map((field) => [field.name, argument(choices, field.ty, depth - 1)])) };
    case 'option':
    case 'result':
    case 'union': {
      const variant = choices.pick(variantsOf(ty));
      return { variant: variant.name, fields: variant.fields.map((field) => argument(choices, field.ty, depth - 1)) };
    }
    case 'fn':
      throw new Error('a function cannot be passed');
    default:
      return choices.pick(SCALARS[ty.k]!);
  }
}

/** The same value for the host. */
export function toHost(ty: Ty, value: Value): ClarityValue {
  const fields = (list: readonly Field[], of: (field: Field, index: number) => Value) =>
    new Map(list.map((field, i) => [field.name, toHost(field.ty, of(field, i))]));
  switch (ty.k) {
    case 'list':
      return (value as readonly Value[]).map((item) => toHost(ty.of, item));
    case 'record':
      return new RecordValue(fields(ty.decl.fields, ({ name }) => (value as RecordOf).record.get(name)!));
    case 'option':
    case 'result':
    case 'union': {
      const { variant, fields: items } = value as VariantOf;
      const found = variantsOf(ty).find(({ name }) => name === variant)!;
      return new VariantValue(
        variant,
        fields(found.fields, (_, i) => items[i]!),
      );
    }
    default:
      return value as ClarityValue;
  }
}
