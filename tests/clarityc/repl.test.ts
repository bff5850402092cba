import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const repl = async (...lines: string[]) => clarityc(['repl'], { input: lines.join('\n'), cwd: sourceFolder({}) });

describe('the repl', () => {
  it.each([
    ['an expression', ['1 + 2'], '3\n'],
    ['a value of any type', ['[Some("a"), None]'], '[Some("a"), None]\n'],
    ['nothing for Unit', ['{}'], ''],
    ['what is printed', ['print_string("hi")'], 'hi\n'],
    ['lets', ['let x = 5', 'x * 2;'], '10\n'],
    ['assignments', ['let mut n = 1', 'n = n + 1', 'n'], '2\n'],
    ['functions over several lines', ['function f(n: Int64) -> Int64', '{', '  n * 2', '}', 'f(4)'], '8\n'],
    ['the newer of two definitions', ['function f() -> Int64 { 1 }', 'function f() -> Int64 { 2 }', 'f()'], '2\n'],
    ['types', ['type P = { x: Int64 }', '{ x: 1 }'], '{ x: 1 }\n'],
    ['imports', ['import { sum } from "std/list"', 'sum([1, 2])'], '3\n'],
    ['a match over several lines', ['match Some(3) {', '  Some(v) -> v,', '  None -> 0,', '}'], '3\n'],
    ['a string over several lines', ['"a', 'b"'], '"a\\nb"\n'],
    ['an operator at the end of a line', ['1 +', '2'], '3\n'],
    ['types of expressions', [':type [Some(1)]'], 'List<Option<Int64>>\n'],
    ['nothing after :quit', [':quit', '1'], ''],
  ])('knows %s', async (_, lines, stdout) => {
    expect(await repl(...lines)).toEqual({ code: 0, stdout, stderr: '' });
  });

  it.each([
    ['a finding in its place in the input', ['1 + "a"'], / --> <repl>:1:\d/],
    ['an input that stays open', ['foo('], /E101/],
    ['what a blank line ends', ['foo(', '', '1'], /E101/],
    ['a fault', ['1 / 0', '1'], /divide-by-zero/],
    ['that :reset forgets', ['let x = 1', ':reset', 'x'], /E201/],
  ])('tells %s, goes on, and ends with 1', async (_, lines, stderr) => {
    const run = await repl(...lines);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(stderr);
    if (lines.at(-1) === '1') expect(run.stdout).toBe('1\n');
  });

  it('does not keep what failed', async () => {
    const { stdout, stderr } = await repl('let x = 1', 'let x = 1 / 0', 'x');
    expect(stdout).toBe('1\n');
    expect(stderr).toMatch(/divide-by-zero/);
  });
});
