import { describe, expect, it } from 'vitest';
import { removeDocument, splitDocuments } from '../../src/manifest/index.ts';

const MODELINE = '# yaml-language-server: $schema=x\n';
const THREE = `${MODELINE}# about a\na: 1 # one\n---\n# about b\nb: 2\n---\nc: 3\n`;

describe('taking a document out of a text', () => {
  it.each<[string, string, number, string]>([
    ['the only one', 'a: 1\n', 0, ''],
    ['the last one beside empty ones', '---\na: 1\n---\n# none\n', 0, ''],
    ['the first', THREE, 0, `${MODELINE}# about b\nb: 2\n---\nc: 3\n`],
    ['the middle', THREE, 1, `${MODELINE}# about a\na: 1 # one\n---\nc: 3\n`],
    ['the last', THREE, 2, `${MODELINE}# about a\na: 1 # one\n---\n# about b\nb: 2\n`],
    ['one on the line of its marker', '--- {a: 1}\n--- {b: 2}\n', 0, '{b: 2}\n'],
    ['one with an end marker', 'a: 1\n...\n# b\n---\nb: 2\n...\n', 1, 'a: 1\n...\n'],
    ['one before directives', 'a: 1\n...\n%YAML 1.2\n---\nb: 2\n', 0, '%YAML 1.2\n---\nb: 2\n'],
    ['one of Windows lines', 'a: 1\r\n---\r\nb: 2\r\n', 0, 'b: 2\r\n'],
  ])('%s', (_, text, index, rest) => {
    expect(removeDocument(text, index)).toBe(rest);
  });

  it.each([
    ['', 0],
    ['a: 1\n', 1],
    ['a: 1\n---\n# empty\n', 1],
  ])('is refused where there is none: %j %i', (text, index) => {
    expect(() => removeDocument(text, index)).toThrow(expect.objectContaining({ code: 'NotFound' }) as Error);
  });
});

describe('the documents of a text', () => {
  it.each<[string, string[]]>([
    [THREE, [`${MODELINE}# about a\na: 1 # one\n`, '# about b\nb: 2\n', 'c: 3\n']],
    ['{"a": 1}', ['{"a": 1}']],
    ['---\na: 1\n---\n---\nb: 2', ['a: 1\n', '', 'b: 2']],
    ['', []],
  ])('of %j', (text, pieces) => {
    expect(splitDocuments(text)).toEqual(pieces);
  });
});
