import { expect, it } from 'vitest';
import { BUILTIN_NAMES, builtinNamed, type Builtin } from '../../src/compiler/builtins/builtin.ts';

const HEAD = `# Builtins

Functions that are in scope everywhere, without an import. Made from \`src/compiler/builtins/rows.ts\`; \`clarityc introspect --builtins\` prints them as JSON.
A builtin with an effect can be called only by functions that declare it. What else there is, is written in Clarity: [the library](std.md).
`;

const builtins = BUILTIN_NAMES.map((name) => builtinNamed(name)).filter((builtin) => builtin !== undefined);
const cell = (text: string) => text.replaceAll('|', '\\|');

function section(group: string): string {
  const row = (b: Builtin) => `| \`${cell(b.name + b.signature)}\` | ${b.effects.join(', ')} | ${cell(b.doc)} |\n`;
  const rows = builtins.filter((builtin) => builtin.group === group).map(row);
  return `\n## ${group}\n\n| builtin | effect | what it does |\n|---|---|---|\n${rows.join('')}`;
}

it('docs/clarity/builtins.md lists every builtin with its signature, effect and meaning', async () => {
  const groups = [...new Set(builtins.map(({ group }) => group))];
  await expect(HEAD + groups.map(section).join('')).toMatchFileSnapshot('../../docs/clarity/builtins.md');
});

it('every builtin says what it does in a sentence', () => {
  expect(builtins.filter(({ doc }) => !/^[\p{Lu}`].*\.$/u.test(doc)).map(({ name }) => name)).toEqual([]);
});
