import type { Core } from '../core/core.ts';
import { i32, i64, load, math, not } from './build.ts';
import type { Test } from './subject.ts';

/** What must be 1 for the outermost part of a pattern to match; undefined where it always does. */
export function condition({ subject, pattern }: Test): Core | undefined {
  const { read } = subject;
  switch (pattern.kind) {
    case 'bool':
      return pattern.value ? read : not(read);
    case 'int':
      return math('i64.eq', read, i64(pattern.value));
    case 'range': {
      const above = math('i64.ge_s', read, i64(pattern.from));
      return math('i32.and', above, math('i64.le_s', read, i64(pattern.to)));
    }
    case 'float':
      return math('f64.eq', read, { op: 'f64', value: pattern.value });
    case 'string':
      return { op: 'builtin', name: 'string_eq', args: [read, { op: 'text', value: pattern.value }] };
    case 'variant':
      if (pattern.union.variants.length === 1) return undefined;
      return math('i32.eq', load('i32', read, 0), i32(pattern.variant));
  }
}

/** The tag of a variant; False is 0, True is 1. */
export function tagOf(test: Test | undefined): number {
  const pattern = test?.pattern;
  if (pattern?.kind === 'variant') return pattern.variant;
  return pattern?.kind === 'bool' && pattern.value ? 1 : 0;
}
