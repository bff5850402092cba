import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const TESTS = `module Main
effect[Test] function test_good() -> Unit {
  assert_eq(1, 1);
  assert_true(True);
}
effect[Test] function test_bad() -> Unit {
  assert_eq(1, 2);
  assert_eq_string("a", "b");
}
effect[Test, Log] function test_trap() -> Unit {
  print_string("printed");
  assert_eq(1 / 0, 1);
}
function test_not_one() -> Unit { }
`;
const GOOD = 'module Good\neffect[Test] function test_one() -> Unit { assert_eq(1, 1) }\n';

describe('test', () => {
  it('tells each test, what failed in it and where, and the totals', async () => {
    const { code, stdout } = await clarityc(['test'], { cwd: sourceFolder({ 'main.clarity': TESTS }) });
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'printed',
      '[PASS] test_good (2 assertions)',
      '[FAIL] test_bad (2 assertions)',
      '  assert_eq: expected 2, got 1',
      '  assert_eq_string: expected "b", got "a"',
      '  --> main.clarity:6:23',
      '  = help: an assertion takes the actual value first, then the expected one',
      '[FAIL] test_trap (0 assertions)',
      '  The program divided an Int64 by zero.',
      '  --> main.clarity:10:28',
      '1 passed, 2 failed',
      '',
    ]);
  });

  it('ends with 0 where all pass, and where there are none', async () => {
    expect(await clarityc(['test'], { cwd: sourceFolder({ 'a.clarity': GOOD }) })).toEqual({
      code: 0,
      stdout: '[PASS] test_one (1 assertion)\n1 passed\n',
      stderr: '',
    });
    const { code, stdout } = await clarityc(['test'], { cwd: sourceFolder({ 'a.clarity': 'module A\n' }) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no tests\n' });
  });

  it('--fail-fast stops at the first failure, --filter picks by name', async () => {
    const cwd = sourceFolder({ 'main.clarity': TESTS });
    expect((await clarityc(['test', '--fail-fast'], { cwd })).stdout).toMatch(/\n1 passed, 1 failed\n$/);
    expect((await clarityc(['test', '--filter', 'good'], { cwd })).stdout).toMatch(/\n1 passed\n$/);
    expect((await clarityc(['test', '--filter', 'goood'], { cwd })).stdout).toBe(
      'no tests with "goood" in their names\n',
    );
  });

  it('--json is the object of language.md §10, and nothing else on stdout', async () => {
    const cwd = sourceFolder({ 'main.clarity': TESTS });
    const { code, stdout, stderr } = await clarityc(['test', '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'printed\n' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ file: 'main.clarity', total: 3, passed: 1, failed: 2 });
    expect(report.results[1]).toEqual({
      name: 'test_bad',
      status: 'fail',
      assertions: 2,
      location: 'main.clarity:6:23',
      failures: [
        { kind: 'assert_eq', actual: '1', expected: '2', testFunction: 'test_bad' },
        { kind: 'assert_eq_string', actual: '"a"', expected: '"b"', testFunction: 'test_bad' },
      ],
    });
    expect(report.results[2]).toMatchObject({ runtime_error: 'The program divided an Int64 by zero.' });
  });

  it('a file that does not compile fails, in text and in JSON', async () => {
    const cwd = sourceFolder({ 'bad.clarity': 'module Bad\nfunction f() -> Int64 { "x" }\n', 'good.clarity': GOOD });
    const text = await clarityc(['test', '.'], { cwd });
    expect(text.code).toBe(1);
    expect(text.stdout).toBe('[PASS] test_one (1 assertion)\n1 passed, 1 file with errors\n');
    expect(text.stderr).toMatch(/^error\[E301\]/);
    const lines = (await clarityc(['test', '.', '--json'], { cwd })).stdout.trim().split('\n');
    const [bad, good] = lines.map((line) => JSON.parse(line));
    expect(bad).toMatchObject({ file: 'bad.clarity', compile_error: true, errors: [{ line: 2 }] });
    expect(Object.keys(bad.errors[0])).toEqual(['message', 'line', 'column', 'hint']);
    expect(good).toMatchObject({ file: 'good.clarity', passed: 1 });
  });
});
