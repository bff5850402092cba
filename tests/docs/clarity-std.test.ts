import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { check } from '../../src/compiler/compile.ts';
import { typeName } from '../../src/compiler/types/type.ts';
import type { FunctionSymbol, TypedModule } from '../../src/compiler/typed/typed.ts';
import { fileResolver } from '../../src/toolchain/file-resolver.ts';

const FOLDER = 'src/compiler/std';
const HEAD = `# The library

Modules that come with the compiler, written in Clarity (\`src/compiler/std\`): \`import { map, filter } from "std/list"\`. Made from their sources.
`;

function signature(fn: FunctionSymbol): string {
  const effects = fn.effects.length === 0 ? '' : `effect[${fn.effects.join(', ')}] `;
  const generics = fn.typeParams.length === 0 ? '' : `<${fn.typeParams.map(({ name }) => name).join(', ')}>`;
  const params = fn.params.map(({ name, type }) => `${name}: ${typeName(type)}`).join(', ');
  return `${effects}${fn.name}${generics}(${params}) -> ${typeName(fn.result)}`;
}

const cell = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

function section(name: string, { doc = '', functions }: TypedModule): string {
  const exported = functions.filter((fn) => fn.exported);
  const rows = exported.map((fn) => `| \`${cell(signature(fn))}\` | ${cell(fn.doc ?? '')} |\n`);
  return `\n## std/${name}\n\n${doc}\n\n| function | what it does |\n|---|---|\n${rows.join('')}`;
}

const modules = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.clarity'))
  .map((file) => {
    const path = resolve(FOLDER, file);
    const { program, diagnostics } = check({ path, text: readFileSync(path, 'utf8') }, fileResolver());
    return { name: file.replace('.clarity', ''), entry: program?.entry, messages: diagnostics.map((d) => d.message) };
  });

it('the library has no diagnostics', () => {
  expect(modules.filter(({ messages }) => messages.length > 0)).toEqual([]);
});

it('docs/clarity/std.md lists every module with its functions', async () => {
  const sections = modules.map(({ name, entry }) => (entry === undefined ? '' : section(name, entry)));
  await expect(HEAD + sections.join('')).toMatchFileSnapshot('../../docs/clarity/std.md');
});

it('every module and every exported function says what it does', () => {
  const silent = modules.flatMap(({ name, entry }) => [
    ...(entry?.doc === undefined ? [name] : []),
    ...(entry?.functions ?? []).filter((fn) => fn.exported && fn.doc === undefined).map((fn) => `${name}.${fn.name}`),
  ]);
  expect(silent).toEqual([]);
});
