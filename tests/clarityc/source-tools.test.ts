import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const RAW = 'module A\nfunction f( n:Int64 )->Int64 { n }\n';
const SET = 'module A\nfunction f(n: Int64) -> Int64 { n }\n';

describe('fmt', () => {
  it('prints the file in the style, or sets it in place with -w', async () => {
    const cwd = sourceFolder({ 'a.clarity': RAW, 'b.clarity': SET });
    expect(await clarityc(['fmt', 'a.clarity'], { cwd })).toEqual({ code: 0, stdout: SET, stderr: '' });
    expect(await clarityc(['fmt', '-w', '.'], { cwd })).toEqual({ code: 0, stdout: 'a.clarity\n', stderr: '' });
    expect(readFileSync(join(cwd, 'a.clarity'), 'utf8')).toBe(SET);
  });

  it('--check names what is not in the style and ends with 1', async () => {
    const cwd = sourceFolder({ 'a.clarity': RAW, 'b.clarity': SET });
    expect(await clarityc(['fmt', '--check', '.'], { cwd })).toEqual({ code: 1, stdout: 'a.clarity\n', stderr: '' });
    expect(readFileSync(join(cwd, 'a.clarity'), 'utf8')).toBe(RAW);
  });

  it('sets standard input', async () => {
    expect(await clarityc(['fmt', '-'], { input: RAW })).toEqual({ code: 0, stdout: SET, stderr: '' });
    expect((await clarityc(['fmt', '-'], { input: 'nonsense' })).stderr).toContain(' --> <stdin>:1:1');
  });

  it('leaves a file that does not parse as it is', async () => {
    const cwd = sourceFolder({ 'a.clarity': 'module A\nfunction f(' });
    const { code, stderr } = await clarityc(['fmt', '-w', 'a.clarity'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error\[E101\]/);
    expect(readFileSync(join(cwd, 'a.clarity'), 'utf8')).toBe('module A\nfunction f(');
  });
});

describe('lint', () => {
  it('reports what is held in vain, and ends with 1 then', async () => {
    const cwd = sourceFolder({ 'a.clarity': 'module A\nimport { sum } from "std/list"\n', 'b.clarity': SET });
    const { code, stderr } = await clarityc(['lint', '.'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^warning\[unused-import\]: .*`sum`.*\n --> a\.clarity:2:10/);
    expect((await clarityc(['lint', 'b.clarity'], { cwd })).code).toBe(0);
    const report = JSON.parse((await clarityc(['lint', '.', '--json'], { cwd })).stdout);
    expect(report).toMatchObject({ ok: false, warnings: 1, files: 2, diagnostics: [{ code: 'unused-import' }] });
  });
});

describe('introspect', () => {
  it('prints builtins, effects and types', async () => {
    const all = JSON.parse((await clarityc(['introspect'])).stdout);
    expect(Object.keys(all)).toEqual(['builtins', 'effects', 'types']);
    expect(all.builtins).toContainEqual(
      expect.objectContaining({ name: 'trim', group: 'string', signature: '(s: String) -> String', effects: [] }),
    );
    expect(all.effects.find(({ name }: any) => name === 'Random').builtins).toEqual(['random_int', 'random_float']);
    expect(all.types.map(({ name }: any) => name)).toEqual(expect.arrayContaining(['Int64', 'Map', 'Option']));
    expect(Object.keys(JSON.parse((await clarityc(['introspect', '--effects'])).stdout))).toEqual(['effects']);
  });

  it('prints what a program offers', async () => {
    const cwd = sourceFolder({ 'a.clarity': SET });
    const { stdout } = await clarityc(['introspect', '--interface', 'a.clarity'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ module: 'A', functions: [{ name: 'f', result: 'Int64' }] });
  });

  it('reads the same from the wasm; one that describes nothing ends with 1', async () => {
    const cwd = sourceFolder({ 'a.clarity': SET, 'b.wasm': 'other' });
    await clarityc(['compile', 'a.clarity'], { cwd });
    const printed = async (file: string) =>
      JSON.parse((await clarityc(['introspect', '--interface', file], { cwd })).stdout);
    expect(await printed('a.wasm')).toEqual(await printed('a.clarity'));
    expect(await clarityc(['introspect', '--interface', 'b.wasm'], { cwd })).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('explain', () => {
  it.each(['E306', 'e306', 'arg-type', 'error[E306]', '[E306]'])('knows %s', async (name) => {
    const { code, stdout } = await clarityc(['explain', name]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^error\[E306\] arg-type\n\n.*\n\nHas it:\n\n {4}module Main\n/);
  });

  it('lists them all, and says what was meant', async () => {
    expect((await clarityc(['explain'])).stdout).toMatch(/^E101 {2}parse /);
    const { code, stderr } = await clarityc(['explain', 'arg-typ']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Did you mean arg-type?') });
  });
});

describe('new', () => {
  it('writes a service whose test passes', async () => {
    const cwd = sourceFolder({});
    const { code, stdout } = await clarityc(['new', 'my-greeter'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('my-greeter/main.clarity written\n');
    const inside = { cwd: join(cwd, 'my-greeter') };
    expect((await clarityc(['test'], inside)).stdout).toMatch(/1 passed/);
    expect((await clarityc(['run', '-f', 'greet', '-a', 'Ada'], inside)).stdout).toBe('Hello Ada!\n');
    expect((await clarityc(['fmt', '--check'], inside)).code).toBe(0);
    expect((await clarityc(['lint'], inside)).code).toBe(0);
  });

  it('never overwrites a file', async () => {
    const cwd = sourceFolder({ 'shop/main.clarity': 'mine' });
    const { code, stderr } = await clarityc(['init'], { cwd: join(cwd, 'shop') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/main\.clarity already exists/);
    expect(readFileSync(join(cwd, 'shop/main.clarity'), 'utf8')).toBe('mine');
    expect((await clarityc(['new', '42'], { cwd })).code).toBe(2);
  });
});
