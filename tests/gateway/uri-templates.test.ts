import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, templateMatches } from '../../src/gateway/catalog/uri-template.ts';

const matches = (template: string, uri: string) => templateMatches(parseTemplate(template), uri);

describe('a URI template', () => {
  it.each([
    ['doc://x', 'doc://x', true],
    ['doc://x', 'doc://xy', false],
    ['doc://{id}', 'doc://7', true],
    ['doc://{id}', 'doc://', false],
    ['doc://{id}', 'doc://a/b', false],
    ['doc://{id}', 'doc://a?b', false],
    ['doc://{a}/{b}', 'doc://1/2', true],
    ['doc://{a}/{b}', 'doc://1/2/3', false],
    ['doc://{a}/end', 'doc://1/end', true],
    ['doc://{a}/end', 'doc://1/end/end', false],
    ['doc://{a}-{b}.md', 'doc://1-2.md', true],
    ['doc://{a}-{b}.md', 'doc://1-2.txt', false],
    ['file:///{+path}', 'file:///a/b/c.md', true],
    ['file:///{+path}', 'file:///', true],
    ['doc://{id}{?page,size}', 'doc://7?page=1', true],
    ['doc://{id}{?page}', 'doc://7', true],
    ['doc://x{/rest*}', 'doc://x/a/b', true],
    ['doc://x{#at}', 'doc://x#here', true],
    ['{scheme}://x', 'doc://x', true],
    ['doc://{}', 'doc://x', true],
    ['doc://{open', 'doc://{open', true],
  ])('%s against %s: %s', (template, uri, expected) => {
    expect(matches(template, uri)).toBe(expected);
  });

  it('matches whatever its simple expansion gives', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9_~-]{1,6}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.constantFrom('/', '.', '/x/', '?q='))), (pairs) => {
        const template = `t://${pairs.map(([, literal]) => `{v}${literal}`).join('')}`;
        const uri = `t://${pairs.map(([text, literal]) => text + literal).join('')}`;
        expect(matches(template, uri)).toBe(true);
      }),
    );
  });

  it('made to be slow is not', () => {
    expect(matches(`${'{+a}x'.repeat(200)}y`, 'x'.repeat(20_000))).toBe(false);
  });
});
