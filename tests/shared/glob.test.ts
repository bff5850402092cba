import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches, globsAllow } from '../../src/shared/glob.ts';
import { sized } from '../helpers/size.ts';

describe('globMatches', () => {
  it.each([
    ['*', '', true],
    ['*', 'a\nb', true],
    ['', '', true],
    ['', 'a', false],
    ['read_*', 'read_file', true],
    ['read_*', 'read_', true],
    ['read_*', 'aread_file', false],
    ['*_file', 'read_file', true],
    ['r?ad', 'read', true],
    ['r?ad', 'rad', false],
    ['a.b', 'axb', false],
    ['(a+)$', '(a+)$', true],
    ['[ab]', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['Read', 'read', false],
    ['a', 'ab', false],
    ['ab', 'a', false],
  ])('%j on %j: %s', (pattern, name, matches) => expect(globMatches(pattern, name)).toBe(matches));

  it('means what the regular expression means', () => {
    const letter = fc.constantFrom('a', 'b', '.', '*', '?');
    const text = (max: number) => fc.array(letter, { maxLength: max }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(text(6), text(10), (pattern, name) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(globMatches(pattern, name)).toBe(new RegExp(`^${source}$`, 's').test(name));
      }),
      { numRuns: sized(1000, 50_000) },
    );
  });

  it('answers on a name that was made to be slow', () => {
    expect(globMatches(`${'*a'.repeat(30)}*b`, 'a'.repeat(10_000))).toBe(false);
  });
});

describe('globsAllow', () => {
  it.each([
    ['no list at all', [], true],
    ['a list that is absent', [{}, { allow: undefined, deny: undefined }], true],
    ['an allow list that has it', [{ allow: ['read_*'] }], true],
    ['an allow list that lacks it', [{ allow: ['write_*'] }], false],
    ['an empty allow list', [{ allow: [] }], false],
    ['deny wins over allow', [{ allow: ['*'], deny: ['read_*'] }], false],
    ['every list must allow', [{ allow: ['*'] }, { allow: ['write_*'] }], false],
    ['a deny in a later list', [{ allow: ['read_file'] }, { deny: ['*_file'] }], false],
  ])('%s', (_, lists, allowed) => expect(globsAllow('read_file', lists)).toBe(allowed));
});
