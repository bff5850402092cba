import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const MAIN = `module Main
import { sum } from "std/list"

type Item = { name: String, price: Float64 }
type Color = | Red | Mix(level: Int64)

function int(n: Int64) -> Int64 { n }
function float(x: Float64) -> Float64 { x }
function text(s: String) -> String { s }
function bool(b: Bool) -> Bool { b }
function time(t: Timestamp) -> Timestamp { t }
function total(xs: List<Int64>) -> Int64 { sum(xs) }
function item(i: Item) -> String { i.name }
function color(c: Color) -> Color { c }
function maybe(o: Option<Int64>) -> Option<Int64> { o }
function perhaps(o: Option<String>) -> Option<String> { o }
function two(a: Int64, b: String) -> String { int_to_string(a) ++ b }
effect[FileSystem] function args() -> List<String> { get_args() }
effect[FileSystem, Log] function echo() -> Unit { print_string(read_line() ++ "|" ++ read_all_stdin()) }
effect[FileSystem] function leave() -> Unit { exit(7) }
effect[FileSystem] function save() -> Unit { write_file("out.txt", "saved") }
effect[Secret] function secret() -> Option<String> { get_secret("KEY") }
effect[Log] function warn() -> Unit { log_warn("careful") }
function divide(n: Int64) -> Int64 { 1 / n }
`;
const run = (argv: string[], setting = {}) =>
  clarityc(['run', 'main.clarity', ...argv], { cwd: sourceFolder({ 'main.clarity': MAIN }), ...setting });

describe('run reads arguments by the types of the parameters', () => {
  it.each([
    ['int', ['-42'], '-42'],
    ['float', ['0.5'], '0.5'],
    ['float', ['2'], '2'],
    ['text', ['plain text'], 'plain text'],
    ['text', ['12'], '12'],
    ['text', ['"quoted \\n"'], 'quoted \n'],
    ['text', ['"'], '"'],
    ['text', [''], ''],
    ['bool', ['True'], 'True'],
    ['bool', ['false'], 'False'],
    ['time', ['2024-05-06T07:08:09.010Z'], '2024-05-06T07:08:09.010Z'],
    ['time', ['0'], '1970-01-01T00:00:00.000Z'],
    ['total', ['[1, 2, 3]'], '6'],
    ['item', ['{"name": "pen", "price": 2}'], 'pen'],
    ['color', ['Red'], 'Red'],
    ['color', ['{"Mix": {"level": 3}}'], 'Mix(3)'],
    ['maybe', ['5'], 'Some(5)'],
    ['maybe', ['null'], 'None'],
    ['perhaps', ['Ada'], 'Some("Ada")'],
    ['perhaps', ['12'], 'Some("12")'],
    ['two', ['-1', 'x'], '-1x'],
    ['args', ['a', '2'], '["a", "2"]'],
  ])('%s %j gives %s', async (name, args, expected) => {
    const { code, stdout, stderr } = await run(['-f', name, '-a', ...args]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${expected}\n`, stderr: '' });
  });

  it.each([
    ['int', ['x'], /`n` is .*Int64/],
    ['int', ['9223372036854775808'], /does not fit into Int64/],
    ['int', ['1', '2'], /takes 1 argument, and got 2/],
    ['int', [], /takes 1 argument, and got 0/],
    ['bool', ['yes'], /Bool is expected/],
    ['color', ['Blue'], /"Red", "Mix"/],
    ['item', ['{"name": 1}'], /`i\.name`/],
    ['nothing', [], /no function `nothing`.*`int`.*\nName one of them with -f\.\n$/],
    ['totl', [], /\nDid you mean -f total\?\n$/],
  ])('%s %j is a usage error', async (name, args, message) => {
    const { code, stderr } = await run(['-f', name, ...(args.length === 0 ? [] : ['-a', ...args])]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

it('operands that belong behind -a get a way to the help', async () => {
  const { code, stderr } = await run(['int', '1']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "error: too many arguments for 'run'. Expected 1 argument but got 3.\nSee clarityc run --help.\n",
  });
});

describe('a program that is run', () => {
  it('reads standard input', async () => {
    expect(await run(['-f', 'echo'], { input: 'one\ntwo\nthree' })).toMatchObject({ stdout: 'one|two\nthree\n' });
  });

  it('ends with the code of exit', async () => {
    expect(await run(['-f', 'leave'])).toEqual({ code: 7, stdout: '', stderr: '' });
  });

  it('ends with 1 and says why where it cannot go on', async () => {
    const { code, stderr } = await run(['-f', 'divide', '-a', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error\[divide-by-zero\]: The program divided/);
  });

  it('writes files relative to the current folder, unless the policy denies it', async () => {
    const cwd = sourceFolder({ 'main.clarity': MAIN });
    const denied = { cwd, env: { CLARITY_DENY_EFFECTS: 'FileSystem' } };
    expect((await run(['-f', 'save'], denied)).code).toBe(0);
    expect(() => readFileSync(join(cwd, 'out.txt'))).toThrow();
    await run(['-f', 'save'], { cwd });
    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).toBe('saved');
  });

  it('sees secrets of the environment, and writes to stderr', async () => {
    expect((await run(['-f', 'secret'], { env: { KEY: 'v' } })).stdout).toBe('Some("v")\n');
    expect((await run(['-f', 'secret'])).stdout).toBe('None\n');
    expect(await run(['-f', 'warn'])).toEqual({ code: 0, stdout: '', stderr: '[WARN] careful\n' });
  });
});
