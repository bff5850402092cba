import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Reporter } from '../../../src/compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../../src/compiler/source/source-file.ts';
import { parseModule } from '../../../src/compiler/syntax/parse-module.ts';
import { STANDARD_NAMES } from '../../../src/compiler/modules/standard-names.ts';

it('the table of names of the library says what its files export', () => {
  const folder = new URL('../../../src/compiler/std/', import.meta.url);
  const exported = readdirSync(folder)
    .filter((file) => file.endsWith('.clarity'))
    .map((file) => {
      const { declarations } = parseModule(
        new SourceFile(file, readFileSync(new URL(file, folder), 'utf8')),
        new Reporter(),
      );
      const names = declarations.flatMap((decl) => {
        if (!decl.exported || decl.kind === 'broken') return [];
        const variants = decl.kind === 'type' && decl.definition.kind === 'union' ? decl.definition.variants : [];
        return [decl.name.text, ...variants.map(({ name }) => name.text)];
      });
      return [`std/${file.replace('.clarity', '')}`, names.sort()] as const;
    });
  const table = Object.entries(STANDARD_NAMES).map(([module, names]) => [module, names.split(' ').sort()] as const);
  expect(Object.fromEntries(table)).toEqual(Object.fromEntries(exported));
});
