import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleModules } from '../../src/clarityc/bundle-modules.ts';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const MAIN = `module Main
function greet(name: String) -> String { "Hello " ++ name }
effect[Log, FileSystem] function echo() -> Unit { print_string(read_all_stdin()); exit(4) }
function divide(n: Int64) -> Int64 { 1 / n }
`;

describe('pack', () => {
  it.each([[[]], [['--self-contained']]])('makes a launcher that runs in an empty folder: %j', async (flags) => {
    const cwd = sourceFolder({ 'main.clarity': MAIN });
    const empty = sourceFolder({});
    const target = join(empty, 'greet.mjs');
    const { code, stdout } = await clarityc(['pack', '-f', 'greet', '-o', target, ...flags], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Packed main\.clarity -> /) });
    const env = { PATH: process.env.PATH };
    expect(execFileSync(target, ['Ada'], { cwd: empty, env, encoding: 'utf8' })).toBe('Hello Ada\n');
    expect(readFileSync(target, 'utf8').includes('file://')).toBe(flags.length === 0);
  });

  it('the launcher has input, exit codes and faults of the program', async () => {
    const cwd = sourceFolder({ 'main.clarity': MAIN });
    await clarityc(['pack', '-f', 'echo', '-o', 'echo.mjs', '--self-contained'], { cwd });
    await clarityc(['pack', '-f', 'divide', '-o', 'divide.mjs', '--self-contained'], { cwd });
    const node = (file: string, args: string[], input = '') => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd, input, encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    expect(node('echo.mjs', [], 'in\nput')).toEqual({ status: 4, stdout: 'in\nput\n', stderr: '' });
    expect(node('divide.mjs', ['0'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error\[divide-by-zero/),
    });
  });

  it('refuses a function that is not there', async () => {
    const { code, stderr } = await clarityc(['pack'], { cwd: sourceFolder({ 'main.clarity': MAIN }) });
    expect(code).toBe(2);
    expect(stderr).toMatch(/no function main\nChoose one with -f: greet, echo, divide/);
  });
});

describe('bundling modules', () => {
  const bundle = (files: Record<string, string>) => bundleModules('/a.js', (path) => files[path]!);

  it('puts what a module needs before it, once', () => {
    const text = bundle({
      '/a.js': `import { b } from "./b.js";\nimport { c as d } from "./c.js";\nexport const sum = b + d;\n`,
      '/b.js': `import { c } from "./c.js";\nexport const b = c + 1;\n`,
      '/c.js': `import { sep } from 'node:path';\nexport const c = sep.length;\n`,
    });
    const value = execFileSync(process.execPath, ['--input-type=module', '-e', `${text}console.log(entry.sum)`]);
    expect(String(value)).toBe('3\n');
    expect(text.match(/const c =/g)).toHaveLength(1);
  });

  it.each([
    ['a package', `import { x } from 'yaml';`],
    ['a re-export', `export { x } from './b.js';`],
    ['a default export', `export default 1;`],
    ['import.meta', `const here = import.meta.url;`],
    ['a lazy import', `const x = import('./b.js');`],
    ['a circle', `import { x } from './a.js';`],
  ])('refuses %s', (_, text) => {
    expect(() => bundle({ '/a.js': `${text}\n`, '/b.js': '' })).toThrow(/cannot be packed|imports itself/);
  });
});
