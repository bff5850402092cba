import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const GOOD = 'module Main\nfunction main() -> Int64 { 42 }\n';
const BAD = 'module Main\nfunction main() -> Int64 { "x" }\n';
const WARNED =
  'module Main\nfunction f(n: Int64) -> Int64 {\n  match n {\n    0..5 -> 1,\n    5..9 -> 2,\n    _ -> 3,\n  }\n}\n';

describe('compile', () => {
  it('writes a module beside its entry and says so in one line', async () => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    const { code, stdout, stderr } = await clarityc(['compile', 'main.clarity'], { cwd });
    const bytes = readFileSync(join(cwd, 'main.wasm'));
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `Compiled main.clarity -> main.wasm (${String(bytes.length)} bytes)\n`,
      stderr: '',
    });
    const { instance } = await (globalThis as any).WebAssembly.instantiate(bytes, {});
    expect(instance.exports.main()).toBe(42n);
    expect(readdirSync(cwd).sort()).toEqual(['main.clarity', 'main.wasm']);
  });

  it('makes the folder of -o', async () => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    expect((await clarityc(['compile', '-o', 'build/a.wasm'], { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, 'build/a.wasm'))).toBe(true);
  });

  it('writes through a link to a pipe, as /dev/stdout is one, and leaves the link', () => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    symlinkSync('/proc/self/fd/1', join(cwd, 'out'));
    const bin = join(import.meta.dirname, '../../bin/clarityc.js');
    const shell = `${process.execPath} ${bin} compile main.clarity -o out | cat`;
    const output = execFileSync('sh', ['-c', shell], { cwd, encoding: 'latin1' });
    expect(output).toContain('\0asm');
    expect(lstatSync(join(cwd, 'out')).isSymbolicLink()).toBe(true);
  });

  it('prints errors on stderr with their place, ends with 1, and keeps the module of before', async () => {
    const cwd = sourceFolder({ 'main.clarity': BAD, 'main.wasm': 'before' });
    const { code, stdout, stderr } = await clarityc(['compile'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error\[E301\]: .*\n --> main\.clarity:2:/);
    expect(stderr).toMatch(/\n\n1 error\n$/);
    expect(readFileSync(join(cwd, 'main.wasm'), 'utf8')).toBe('before');
  });

  it('quotes the file in which an error stands, not the entry', async () => {
    const cwd = sourceFolder({
      'main.clarity': 'module Main\nimport { one } from "./lib/one"\nfunction main() -> Int64 { one() }\n',
      'lib/one.clarity': 'module One\nexport function one() -> Int64 { "1" }\n',
    });
    const { stderr } = await clarityc(['compile', 'main.clarity'], { cwd });
    expect(stderr).toContain(' --> lib/one.clarity:2:');
    expect(stderr).toContain('2 | export function one() -> Int64 { "1" }');
  });

  it.each([
    ['show', 0, /^warning\[W901\]/],
    ['hide', 0, /^$/],
    ['deny', 1, /^warning\[W901\]/],
  ])('--warnings %s ends with %i', async (mode, expected, stderr) => {
    const cwd = sourceFolder({ 'main.clarity': WARNED });
    const run = await clarityc(['compile', '--warnings', mode], { cwd });
    expect(run.code).toBe(expected);
    expect(run.stderr).toMatch(stderr);
    expect(existsSync(join(cwd, 'main.wasm'))).toBe(expected === 0);
  });

  it('--check-only writes nothing', async () => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    expect(await clarityc(['compile', '--check-only'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(cwd)).toEqual(['main.clarity']);
  });

  it('--format json is one object on stdout', async () => {
    const cwd = sourceFolder({ 'main.clarity': BAD });
    const { code, stdout, stderr } = await clarityc(['compile', '--format', 'json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ ok: false, errors: 1, warnings: 0 });
    expect(report.diagnostics).toEqual([
      {
        severity: 'error',
        code: 'E301',
        kind: 'return-type',
        file: 'main.clarity',
        line: 2,
        column: expect.any(Number),
        endLine: 2,
        endColumn: expect.any(Number),
        message: expect.any(String),
        help: expect.any(String),
        text: expect.stringMatching(/^error\[E301\]: /),
      },
    ]);
    writeFileSync(join(cwd, 'main.clarity'), GOOD);
    const good = JSON.parse((await clarityc(['compile', '--format', 'json'], { cwd })).stdout);
    expect(good).toEqual({
      ok: true,
      errors: 0,
      warnings: 0,
      output: { file: 'main.wasm', bytes: expect.any(Number) },
      diagnostics: [],
    });
  });

  it('--format github is an annotation a finding, sarif one log', async () => {
    const cwd = sourceFolder({ 'main.clarity': BAD });
    const { stdout } = await clarityc(['compile', '--format', 'github'], { cwd });
    expect(stdout).toMatch(/^::error file=main\.clarity,line=2,endLine=2,col=\d+,endColumn=\d+,title=E301::.*\n$/);
    const sarif = JSON.parse((await clarityc(['compile', '--format', 'sarif'], { cwd })).stdout);
    expect(sarif.runs[0].results[0].ruleId).toBe('E301');
  });

  it('is coloured on a terminal, unless NO_COLOR or --no-color', async () => {
    const cwd = sourceFolder({ 'main.clarity': BAD });
    const stderr = async (argv: string[], env = {}) =>
      (await clarityc(argv, { cwd, env, terminal: true })).stderr.includes('\u001b[');
    expect(await stderr(['compile'])).toBe(true);
    expect(await stderr(['compile', '--no-color'])).toBe(false);
    expect(await stderr(['compile'], { NO_COLOR: '1' })).toBe(false);
  });

  it.each([
    ['tokens', /"kind": "Module"/],
    ['ast', /"declarations": \[/],
    ['wat', /^\(module/],
  ])('--emit-%s prints and writes nothing', async (form, expected) => {
    const cwd = sourceFolder({ 'main.clarity': GOOD });
    const { code, stdout } = await clarityc(['compile', `--emit-${form}`], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
    expect(readdirSync(cwd)).toEqual(['main.clarity']);
  });
});

describe('the entry of a program', () => {
  it.each([
    ['the only .clarity file', { 'a.clarity': GOOD }, 'a.clarity'],
    [
      'the entry of clarity.json',
      { 'a.clarity': BAD, 'b.clarity': GOOD, 'clarity.json': '{"entry":"b.clarity"}' },
      'b.clarity',
    ],
  ])('is %s where none is given', async (_, files, name) => {
    const { stdout } = await clarityc(['compile'], { cwd: sourceFolder(files) });
    expect(stdout).toContain(`Compiled ${name} -> `);
  });

  it.each([
    ['no file', {}, [], /no \.clarity file in the current folder/],
    ['several', { 'a.clarity': GOOD, 'b.clarity': GOOD }, [], /2 \.clarity files/],
    ['a missing one', {}, ['x.clarity'], /cannot read x\.clarity: no such file or directory/],
    ['one without its ending', { 'a.clarity': GOOD }, ['a'], /Did you mean a\.clarity\?/],
    ['a folder', { 'd/a.clarity': GOOD }, ['d'], /cannot read d: it is a folder/],
    ['a clarity.json that is wrong', { 'clarity.json': '{"entry": 1}' }, [], /clarity\.json: entry must be a text/],
    ['-o that is the entry', { 'a.clarity': GOOD }, ['a.clarity', '-o', './a.clarity'], /the program itself/],
    ['-o that is a folder', { 'a.clarity': GOOD, 'd/x': '' }, ['-o', 'd'], /cannot write d: it is a folder/],
  ])('%s is a usage error', async (_, files, argv, message) => {
    const { code, stderr } = await clarityc(['compile', ...argv], { cwd: sourceFolder(files) });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

it('a file that is no text is refused as a whole', async () => {
  const cwd = sourceFolder({ 'a.clarity': '' });
  writeFileSync(join(cwd, 'a.clarity'), Uint8Array.of(0x6d, 0xff, 0xfe, 0x00));
  const { code, stderr } = await clarityc(['compile'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot read a.clarity: it is no UTF-8 text\n' });
});
