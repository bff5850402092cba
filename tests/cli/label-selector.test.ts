import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../src/cli/label-selector.ts';

const labels = { team: 'docs', tier: '', 'a.b/c': 'x' };

describe('label selectors', () => {
  it.each([
    ['team=docs', true],
    ['team==docs', true],
    ['team=web', false],
    ['team!=web', true],
    ['team!=docs', false],
    ['missing!=x', true],
    ['team', true],
    ['missing', false],
    ['!missing', true],
    ['!team', false],
    ['tier=', true],
    ['a.b/c=x', true],
    ['team=docs,!missing', true],
    ['team=docs, missing', false],
    ['toString', false],
    ['', true],
  ])('%s', (text, selected) => {
    expect(parseSelector(text)(labels)).toBe(selected);
  });

  it.each(['=x', '!=x', '!team=docs', 'two words'])('"%s" is none', (text) => {
    expect(() => parseSelector(text)).toThrow('is no label selector');
  });
});
