import { describe, expect, it } from 'vitest';
import { runTests, testFunctions } from '../../src/wasm-host/run-tests.ts';
import { program } from './rig.ts';

const TESTS = `module Tests
export effect[Test] function test_good() -> Unit { assert_eq(1, 1); assert_eq_float(0.1 + 0.2, 0.3); assert_true(True); }
effect[Test] function test_bad() -> Unit { assert_eq(1, 2); assert_eq_string("a", "b\\n"); assert_false(True); assert_true(True); }
effect[Test] function test_trap() -> Unit { assert_true(True); assert_eq(1 / length([0]) / (length([0]) - 1), 2); }
effect[Test, FileSystem] function test_exit() -> Unit { exit(3); }
effect[Test] function test_with(n: Int64) -> Unit { assert_eq(n, 1); }
function test_pure() -> Int64 { 1 }
effect[Test] function other() -> Unit { assert_true(False); }
`;

describe('tests of a module', () => {
  const instance = program(TESTS);

  it('are its functions named test_ that take nothing and have the effect Test', () => {
    expect(testFunctions(instance)).toEqual(['test_good', 'test_bad', 'test_trap', 'test_exit']);
  });

  it('run in order, and say what failed', () => {
    const testFunction = 'test_bad';
    expect(runTests(instance)).toEqual([
      { name: 'test_good', status: 'pass', assertions: 3, failures: [] },
      {
        name: 'test_bad',
        status: 'fail',
        assertions: 4,
        failures: [
          { kind: 'assert_eq', actual: '1', expected: '2', testFunction },
          { kind: 'assert_eq_string', actual: '"a"', expected: '"b\\n"', testFunction },
          { kind: 'assert_false', actual: 'True', expected: 'False', testFunction },
        ],
      },
      {
        name: 'test_trap',
        status: 'fail',
        assertions: 1,
        failures: [],
        runtime_error: 'The program divided an Int64 by zero.',
      },
      { name: 'test_exit', status: 'fail', assertions: 0, failures: [], runtime_error: 'The program called exit(3).' },
    ]);
  });

  it('stop at the first failure, and are picked by name, when asked', () => {
    expect(runTests(instance, { failFast: true }).map(({ name }) => name)).toEqual(['test_good', 'test_bad']);
    expect(runTests(instance, { filter: (name) => name === 'test_bad' })).toHaveLength(1);
  });
});
