import type { ImportGroup } from './import-group.ts';

/** Arithmetic that wasm has no instruction for (language.md §11 math). */
export const mathImports: ImportGroup = () => ({
  // The smallest Int64 has no counterpart: it wraps to itself on the way back.
  abs_int: (n: bigint) => (n < 0n ? -n : n),
  min_int: (a: bigint, b: bigint) => (a < b ? a : b),
  max_int: (a: bigint, b: bigint) => (a > b ? a : b),
  int_clamp: (value: bigint, min: bigint, max: bigint) => (value < min ? min : value > max ? max : value),
  float_clamp: (value: number, min: number, max: number) => (value < min ? min : value > max ? max : value),
  sqrt: (x: number) => Math.sqrt(x),
  pow: (base: number, exponent: number) => base ** exponent,
  floor: (x: number) => Math.floor(x),
  ceil: (x: number) => Math.ceil(x),
  log: (x: number) => Math.log(x),
  log2: (x: number) => Math.log2(x),
  log10: (x: number) => Math.log10(x),
  exp: (x: number) => Math.exp(x),
  sin: (x: number) => Math.sin(x),
  cos: (x: number) => Math.cos(x),
  tan: (x: number) => Math.tan(x),
  atan2: (y: number, x: number) => Math.atan2(y, x),
  f64_rem: (a: number, b: number) => a % b,
});
