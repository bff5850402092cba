import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { formatSource } from '../../src/compiler/format/format.ts';
import { compileFile } from '../../src/toolchain/compile-file.ts';
import { readProject } from '../../src/toolchain/project-file.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { runTests } from '../../src/wasm-host/run-tests.ts';
import { findings, wasmOf } from '../helpers/clarity-compile.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'examples', 'clarity');
const examples = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8');

describe('the Clarity examples', () => {
  it('are all in the list of their folder', () => {
    expect(
      [...read('README.md').matchAll(/^\| \[([a-z-]+)\]\(\1\/README\.md\)/gm)].map((row) => row[1]).sort(),
    ).toEqual(examples);
    expect(examples.length).toBeGreaterThanOrEqual(9);
  });

  it.each(examples)('%s compiles, explains its tools, and passes its tests', (name) => {
    const result = compileFile(join(FOLDER, name, 'main.clarity'));
    expect(findings(result)).toEqual([]);
    const instance = instantiate(wasmOf(result), {});
    const tools = instance.interface?.functions.filter(({ exported }) => exported) ?? [];
    expect(tools.length).toBeGreaterThan(1);
    for (const tool of tools) expect(tool.doc, tool.name).toMatch(/^[A-Z].{20}/);
    const tests = runTests(instance);
    expect(tests.length).toBeGreaterThan(2);
    for (const test of tests) expect(test).toMatchObject({ status: 'pass', failures: [] });
    expect(tests.every(({ assertions }) => assertions > 0)).toBe(true);
  });

  it.each(examples)('%s is formatted', (name) => {
    const text = read(name, 'main.clarity');
    expect(formatSource(text)).toBe(text);
  });

  it.each(examples)('%s says what it is to a daemon and to people', (name) => {
    const { project, errors, warnings } = readProject(read(name, 'clarity.json'));
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    expect(project).toMatchObject({
      name,
      entry: 'main.clarity',
      module: /^module (\w+)/m.exec(read(name, 'main.clarity'))?.[1],
    });
    const readme = read(name, 'README.md');
    expect(readme).toMatch(new RegExp(`^# ${name}\n`));
    const shown = /clarityc run main\.clarity -f (\w+)/.exec(readme)?.[1] ?? '';
    expect(read(name, 'main.clarity')).toMatch(new RegExp(`^export .*function ${shown}\\(`, 'm'));
  });
});
