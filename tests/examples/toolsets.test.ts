import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';

it('the example of docs/toolsets.md is the file that it names, and every example is valid', () => {
  const folder = 'examples/toolsets';
  const parsed = readdirSync(folder).map((file) => parseManifests(file, readFileSync(`${folder}/${file}`, 'utf8')));
  expect(parsed.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  const [shown = ''] = /(?<=```yaml\n).*?(?=```)/s.exec(readFileSync('docs/toolsets.md', 'utf8')) ?? [];
  const documents = parsed.flatMap((file) => file.documents.map(({ document }) => document));
  expect(documents).toContainEqual(parseManifests('docs', shown).documents[0]?.document);
});
