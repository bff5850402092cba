import type { AssertionFailure } from '../assertions.ts';
import type { ImportGroup } from './import-group.ts';

const TOLERANCE = 1e-9;

/** Assertions (language.md §11 test): they record, and never end the program. */
export const testImports: ImportGroup = ({ memory, assertions }) => {
  const compare = (equal: boolean, kind: AssertionFailure['kind'], actual: unknown, expected: unknown) => {
    if (equal) assertions.pass();
    else assertions.fail(kind, textOf(actual), textOf(expected));
  };
  return {
    assert_eq: (actual: bigint, expected: bigint) => compare(actual === expected, 'assert_eq', actual, expected),
    assert_eq_float: (actual: number, expected: number) =>
      compare(near(actual, expected), 'assert_eq_float', actual, expected),
    assert_eq_string: (actual: number, expected: number) => {
      const [got, wanted] = [memory.text(actual), memory.text(expected)];
      compare(got === wanted, 'assert_eq_string', got, wanted);
    },
    assert_true: (condition: number) => compare(condition !== 0, 'assert_true', false, true),
    assert_false: (condition: number) => compare(condition === 0, 'assert_false', true, false),
  };
};

/** Equal infinities have no difference. */
const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= TOLERANCE;

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
