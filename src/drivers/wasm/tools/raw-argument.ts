import type { Json } from '../../../shared/json.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { RawArgument } from '../../../wasm-host/instance.ts';
import { describe } from '../../../wasm-host/marshal/describe.ts';
import type { WasmType } from '../../../wasm-host/module-outline.ts';

const INTEGER = /^-?\d{1,20}$/;

/**
 * A JSON value for a parameter of which only the wasm type is known (original contract §8.2): a number, true or false as 1 and 0, the text of a
 * number; any other text as a String where `strings` allows it. Throws `bad-argument`.
 */
export function rawArgument(type: WasmType, json: Json | undefined, where: string, strings: boolean): RawArgument {
  const value = typeof json === 'boolean' ? Number(json) : json;
  // A text where a pointer may stand is a String first, and a number second.
  if (strings && type === 'i32' && typeof value === 'string') return { shape: { kind: 'String' }, value };
  switch (type) {
    case 'i64':
      return integer(value, 'i64', where, 64);
    case 'i32':
      return Number(integer(value, 'i32', where, 32));
    case 'f32':
    case 'f64': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && (!Number.isNaN(number) || value === 'NaN')) return number;
      return refuse(value, type, where);
    }
    default:
      throw new HostError('bad-argument', `\`${where}\` stands for a wasm type that JSON does not have.`);
  }
}

/** Signed, or unsigned as people write addresses. */
function integer(value: Json | undefined, type: WasmType, where: string, bits: number): bigint {
  const exact =
    typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && INTEGER.test(value);
  if (!exact) return refuse(value, type, where);
  const whole = BigInt(value as number | string);
  if (BigInt.asIntN(bits, whole) === whole || BigInt.asUintN(bits, whole) === whole) return BigInt.asIntN(bits, whole);
  return refuse(value, type, where);
}

function refuse(value: Json | undefined, type: WasmType, where: string): never {
  const text = typeof value === 'string' && type === 'i32';
  const hint = text ? ' Tell its type in `argTypes`, or set `allowStringArgs`.' : '';
  throw new HostError(
    'bad-argument',
    `\`${where}\` is ${describe(value)}, where a number (${type}) is expected.${hint}`,
  );
}
