import { HostError } from '../host-error.ts';
import { none, some64, someF64 } from '../memory/blocks.ts';
import type { ImportGroup } from './import-group.ts';

/** Conversions between numbers and text (language.md §11 conversion). */
export const conversionImports: ImportGroup = ({ memory }) => ({
  int_to_float: (value: bigint) => Number(value),
  float_to_int: toInt,
  int_to_string: (value: bigint) => memory.writeText(value.toString()),
  float_to_string: (value: number) => memory.writeText(String(value)),
  string_to_int: (text: number) => {
    const value = parseInt64(memory.text(text));
    return value === undefined ? none(memory) : some64(memory, value);
  },
  string_to_float: (text: number) => {
    const trimmed = memory.text(text).trim();
    const value = trimmed === '' ? Number.NaN : Number(trimmed);
    return Number.isNaN(value) ? none(memory) : someF64(memory, value);
  },
});

/** Toward zero; what does not fit wraps. */
function toInt(value: number): bigint {
  if (Number.isFinite(value)) return BigInt.asIntN(64, BigInt(Math.trunc(value)));
  throw new HostError('conversion', `\`float_to_int\` got ${value}, which is no whole number.`);
}

/** Digits with an optional minus, blanks around them; undefined for anything else, and for what is no Int64. */
function parseInt64(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (!/^-?\d+$/.test(trimmed)) return undefined;
  // Zeros in front aside, no Int64 is longer: a long text is not worth a long calculation.
  if (trimmed.length > 20 && trimmed.replace(/^-?0*/, '').length > 19) return undefined;
  const value = BigInt(trimmed);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
