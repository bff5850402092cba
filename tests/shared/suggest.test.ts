import { describe, expect, it } from 'vitest';

import { suggest } from '../../src/shared/suggest.ts';

describe('the candidate that looks like what was written', () => {
  it.each([
    ['lenght', ['length', 'height'], 'length'],
    ['Lenth', ['length'], 'length'],
    ['lengthh', ['length'], 'length'],
    ['ab', ['abc'], 'abc'],
    ['a', ['abc'], undefined],
    ['lngtt', ['length'], 'length'],
    ['xxngth', ['length'], 'length'],
    ['xxxgth', ['length'], undefined],
    ['alpha', ['alpho', 'alpha1', 'alpha'], 'alpha'],
    ['alphx', ['alpho', 'alpha'], 'alpho'],
    ['', ['ab'], undefined],
    ['any', [], undefined],
  ])('%j among %j is %j', (written, candidates, nearest) => {
    expect(suggest(written, candidates)).toBe(nearest);
  });

  it('compares names of a million letters', () => {
    const name = 'a'.repeat(1_000_000);
    expect(suggest(name, [`x${name}`, `${name}bc`, `${name.slice(1)}b`])).toBe(`x${name}`);
  });
});
