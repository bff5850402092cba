import { BOOL, FLOAT, INT, STR, type Ty } from './tree.ts';

/** Why a program stops, as the host names it. */
export class Trap extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(kind);
    this.kind = kind;
  }
}

export interface PureBuiltin {
  readonly name: string;
  readonly params: readonly Ty[];
  readonly result: Ty;
  /** What it does, said a second time in TypeScript. */
  run(...args: never[]): unknown;
}

const wrap = (value: bigint) => BigInt.asIntN(64, value);
/** As a String of Clarity keeps it: a half of a surrogate pair becomes U+FFFD. */
const wellFormed = (text: string) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
const some = (value: unknown) => ({ variant: 'Some', fields: [value] });
const none = { variant: 'None', fields: [] };
const strings: Ty = { k: 'list', of: STR };
const builtin = (name: string, params: readonly Ty[], result: Ty, run: (...args: never[]) => unknown): PureBuiltin => ({
  name,
  params,
  result,
  run,
});

/** Builtins without effects that a random program may call with any arguments. */
export const BUILTINS: readonly PureBuiltin[] = [
  builtin('string_length', [STR], INT, (s: string) => BigInt(s.length)),
  builtin('abs_int', [INT], INT, (n: bigint) => wrap(n < 0n ? -n : n)),
  builtin('min_int', [INT, INT], INT, (a: bigint, b: bigint) => (a < b ? a : b)),
  builtin('max_int', [INT, INT], INT, (a: bigint, b: bigint) => (a > b ? a : b)),
  builtin('int_clamp', [INT, INT, INT], INT, (n: bigint, lo: bigint, hi: bigint) => (n < lo ? lo : n > hi ? hi : n)),
  builtin('index_of', [STR, STR], INT, (s: string, t: string) => BigInt(s.indexOf(t))),
  builtin('char_code', [STR], INT, (s: string) => BigInt(s.codePointAt(0) ?? 0)),
  builtin('float_to_int', [FLOAT], INT, (x: number) => {
    if (!Number.isFinite(x)) throw new Trap('conversion');
    return wrap(BigInt(Math.trunc(x)));
  }),
  builtin('int_to_float', [INT], FLOAT, (n: bigint) => Number(n)),
  builtin('sqrt', [FLOAT], FLOAT, (x: number) => Math.sqrt(x)),
  builtin('floor', [FLOAT], FLOAT, (x: number) => Math.floor(x)),
  builtin('ceil', [FLOAT], FLOAT, (x: number) => Math.ceil(x)),
  builtin('int_to_string', [INT], STR, (n: bigint) => n.toString()),
  builtin('float_to_string', [FLOAT], STR, (x: number) => x.toString()),
  builtin('substring', [STR, INT, INT], STR, (s: string, from: bigint, count: bigint) =>
    wellFormed(s.substring(Number(from), Number(from) + Number(count))),
  ),
  builtin('char_at', [STR, INT], STR, (s: string, at: bigint) =>
    wellFormed(at >= 0n && at < BigInt(s.length) ? (s[Number(at)] ?? '') : ''),
  ),
  builtin('trim', [STR], STR, (s: string) => s.trim()),
  builtin('to_uppercase', [STR], STR, (s: string) => s.toUpperCase()),
  builtin('to_lowercase', [STR], STR, (s: string) => s.toLowerCase()),
  builtin('string_replace', [STR, STR, STR], STR, (s: string, t: string, by: string) =>
    t === '' ? s : s.split(t).join(by),
  ),
  builtin('string_concat', [STR, STR], STR, (a: string, b: string) => a + b),
  builtin('contains', [STR, STR], BOOL, (s: string, t: string) => s.includes(t)),
  builtin('string_starts_with', [STR, STR], BOOL, (s: string, t: string) => s.startsWith(t)),
  builtin('string_ends_with', [STR, STR], BOOL, (s: string, t: string) => s.endsWith(t)),
  builtin('string_eq', [STR, STR], BOOL, (a: string, b: string) => a === b),
  builtin('string_to_int', [STR], { k: 'option', of: INT }, (s: string) =>
    /^-?\d+$/.test(s.trim()) && wrap(BigInt(s.trim())) === BigInt(s.trim()) ? some(BigInt(s.trim())) : none,
  ),
  builtin('string_to_float', [STR], { k: 'option', of: FLOAT }, (s: string) =>
    s.trim() === '' || Number.isNaN(Number(s)) ? none : some(Number(s)),
  ),
  builtin('chars', [STR], strings, (s: string) => [...s]),
  builtin('split', [STR, STR], strings, (s: string, by: string) => s.split(by).map(wellFormed)),
  builtin('split_lines', [STR], strings, (s: string) => s.split(/\r\n|\r|\n/)),
];
