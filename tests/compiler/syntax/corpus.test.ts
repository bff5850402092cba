import { describe, expect, it } from 'vitest';
import { corpusFiles, unparsablePrograms } from './corpus-files.ts';
import { parseText } from './parse-text.ts';

const files = corpusFiles();
/** Not to be parsed: one in a folder of its own, and one whose quirk is that the reference takes it. */
const BROKEN = /\/r[pf]_|ri_bad_dep_parse\/dep|empty-interpolation-tail/;

describe('the corpus', () => {
  it('has programs', () => expect(files.length).toBeGreaterThan(150));

  it.each(files.filter(({ path }) => !BROKEN.test(path)))('parses $path', ({ text }) => {
    expect(parseText(text).places).toEqual([]);
  });

  it.each(unparsablePrograms())('rejects $file where the corpus says', ({ file, diagnostics }) => {
    const text = files.find(({ path }) => path === `public/${file}`)?.text ?? '';
    const [first] = parseText(text).places;
    const [expected] = diagnostics;
    expect(first).toMatch(new RegExp(`^${String(expected?.line)}:\\d+ ${String(expected?.kind)}$`));
  });

  it.each(files.filter(({ path }) => BROKEN.test(path)))('reports one mistake in $path', ({ text }) => {
    expect(parseText(text).places).toHaveLength(1);
  });
});
