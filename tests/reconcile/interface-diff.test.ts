import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffInterfaces, isBreaking, isEmptyDiff, type InterfaceLists } from '../../src/reconcile/interface-diff.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const NONE: InterfaceLists = { tools: [], prompts: [], resources: [], resourceTemplates: [] };
const tools = (...list: JsonObject[]): InterfaceLists => ({ ...NONE, tools: list });
const object = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...rest });

/** What changed of the one tool: `level: why; why`. */
function change(before: JsonObject, after: JsonObject): string {
  const { changed } = diffInterfaces(tools({ name: 't', ...before }), tools({ name: 't', ...after })).tools;
  return changed.map(({ level, why }) => `${level}: ${why.join('; ')}`).join();
}
const input = (before: JsonObject | boolean, after: JsonObject | boolean) =>
  change({ inputSchema: before }, { inputSchema: after });
const output = (before: JsonObject, after: JsonObject) => change({ outputSchema: before }, { outputSchema: after });

const CLOSED = { additionalProperties: false };
const STRING = { type: 'string' };
const of = (schema: JsonObject) => object({ n: schema });

describe('the difference of two interfaces', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    [
      'required',
      object({}),
      object({ limit: {} }, { required: ['limit'] }),
      'breaking: required parameter `limit` added',
    ],
    ['optional', object({}), object({ limit: {} }), 'additive: optional parameter `limit` added'],
    ['removed, closed', object({ q: {} }, CLOSED), object({}, CLOSED), 'breaking: parameter `q` removed'],
    ['removed, open', object({ q: {} }), object({}), 'possiblyBreaking: parameter `q` removed: it may be ignored now'],
    ['now required', of({}), { ...of({}), required: ['n'] }, 'breaking: `n` is required now'],
    ['now optional', { ...of({}), required: ['n'] }, of({}), 'additive: `n` is optional now'],
    ['closed', of({}), { ...of({}), ...CLOSED }, 'possiblyBreaking: what is not named in the whole is refused now'],
    ['another type', of({ type: 'integer' }), of(STRING), 'breaking: type of `n` changed from integer to string'],
    [
      'integer to number',
      of({ type: 'integer' }),
      of({ type: 'number' }),
      'additive: type of `n` changed from integer to number',
    ],
    ['typed', of({}), of(STRING), 'breaking: type of `n` changed from any to string'],
    [
      'nullable',
      of(STRING),
      of({ anyOf: [STRING, { type: 'null' }] }),
      'additive: type of `n` changed from string to string|null',
    ],
    ['enum lost', of({ enum: ['a', 'b'] }), of({ enum: ['b'] }), 'breaking: enum of `n` lost "a"'],
    ['enum gained', of({ enum: ['b'] }), of({ enum: ['a', 'b'] }), 'additive: enum of `n` gained "a"'],
    ['enum begun', of({}), of({ const: 1 }), 'breaking: `n` is limited to 1 now'],
    ['enum over', of({ enum: [1] }), of({}), 'additive: `n` is not limited to 1 any more'],
    ['minimum up', of({ minimum: 1 }), of({ minimum: 2 }), 'breaking: minimum of `n` changed from 1 to 2'],
    ['maximum up', of({ maximum: 1 }), of({ maximum: 2 }), 'additive: maximum of `n` changed from 1 to 2'],
    ['length limited', of({}), of({ maxLength: 9 }), 'breaking: maxLength 9 of `n` added'],
    ['an odd limit', of({ minimum: 1 }), of({ minimum: 'x' }), 'possiblyBreaking: minimum of `n` changed'],
    ['pattern', of({ pattern: 'a' }), of({ pattern: 'b' }), 'possiblyBreaking: `pattern` of `n` changed'],
    [
      'deep',
      of({ items: object({ x: STRING }) }),
      of({ items: object({ x: {} }) }),
      'additive: type of `n[].x` changed from string to any',
    ],
    [
      'a definition',
      { $defs: { A: STRING } },
      { $defs: { A: { type: 'null' } } },
      'breaking: type of `$defs.A` changed from string to null',
    ],
    [
      'values that are objects',
      of({ enum: [{ a: 1 }], title: 'a' }),
      of({ enum: [{ a: 1 }] }),
      'text: `title` of `n` changed',
    ],
    ['an unknown keyword', of({ if: {} }), of({ if: { then: 1 } }), 'possiblyBreaking: `if` of `n` changed'],
    ['no schema at all', of({ items: 1 }), of({ items: 2 }), 'possiblyBreaking: the schema of `n[]` changed'],
    ['words', of({ description: 'a' }), of({ description: 'b' }), 'text: `description` of `n` changed'],
    [
      'a name of every object',
      object({}),
      object({ constructor: {} }),
      'additive: optional parameter `constructor` added',
    ],
    ['another order', object({ a: {}, b: {} }), object({ b: {}, a: {} }), ''],
  ])('input: %s', (_what, before, after, expected) => {
    expect(input(before, after)).toBe(expected);
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['removed', object({ q: {} }), object({}), 'breaking: output `q` removed'],
    ['added', object({}), object({ q: {} }, { required: ['q'] }), 'additive: output `q` added'],
    ['now optional', { ...of({}), required: ['n'] }, of({}), 'breaking: `n` may be absent now'],
    ['now always', of({}), { ...of({}), required: ['n'] }, 'additive: `n` is always there now'],
    ['wider', of(STRING), of({ type: ['string', 'null'] }), 'breaking: type of `n` changed from string to string|null'],
    ['narrower', of({ enum: [1, 2] }), of({ enum: [1] }), 'additive: enum of `n` lost 2'],
    ['open', { ...of({}), ...CLOSED }, of({}), 'additive: what is not named in the whole is accepted now'],
  ])('output: %s', (_what, before, after, expected) => {
    expect(output(before, after)).toBe(expected);
  });

  it('a tool: the gravest first; words alone are text; an output schema comes or goes', () => {
    const before = { description: 'a', inputSchema: object({ a: {} }) };
    const after = { description: 'b', inputSchema: object({ a: STRING, b: {} }) };
    expect(change(before, after)).toBe(
      'breaking: type of `a` changed from any to string; optional parameter `b` added; `description` changed',
    );
    expect(change({ annotations: { readOnlyHint: true } }, {})).toBe('text: `annotations` changed');
    expect(change({}, { outputSchema: {} })).toBe('additive: output schema added');
    expect(change({ outputSchema: {} }, {})).toBe('breaking: output schema removed');
    expect(input(true, false)).toBe('breaking: the whole is refused now');
  });

  it('prompts by their arguments, resources by their URI, templates by theirs', () => {
    const prompt = (...names: JsonObject[]) => ({ name: 'p', arguments: names });
    const before = {
      ...NONE,
      prompts: [prompt({ name: 'a' }), { name: 'old' }],
      resources: [{ uri: 'f://a', mimeType: 'text/plain' }],
      resourceTemplates: [{ uriTemplate: 'f://{x}', name: 'x' }],
    };
    const after = {
      ...NONE,
      prompts: [prompt({ name: 'a', required: true }, { name: 'b', required: true }, { name: 'c' })],
      resources: [{ uri: 'f://a', mimeType: 'text/html' }, { uri: 'f://b' }],
      resourceTemplates: [{ uriTemplate: 'f://{x}', name: 'y' }],
    };
    const diff = diffInterfaces(before, after);
    expect(diff.prompts).toEqual({
      added: [],
      removed: ['old'],
      changed: [
        {
          name: 'p',
          level: 'breaking',
          why: ['`a` is required now', 'required parameter `b` added', 'optional parameter `c` added'],
        },
      ],
    });
    expect(diff.resources).toMatchObject({ added: ['f://b'], changed: [{ level: 'possiblyBreaking' }] });
    expect(diff.resourceTemplates.changed).toEqual([{ name: 'f://{x}', level: 'text', why: ['`name` changed'] }]);
    expect(isBreaking(diff)).toBe(true);
  });

  it('an interface and itself are equal; what one adds the other removes', () => {
    const schema = fc.jsonValue({ maxDepth: 4 });
    const names = fc.constantFrom('a', 'b', 'c', '__proto__');
    const tool = fc.record({ name: names, description: schema, inputSchema: schema, outputSchema: schema });
    const some = fc.array(tool, { maxLength: 5 }).map((list) => tools(...(list as unknown as JsonObject[])));
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(isEmptyDiff(diffInterfaces(a, structuredClone(a)))).toBe(true);
        const there = diffInterfaces(a, b).tools;
        const back = diffInterfaces(b, a).tools;
        expect(there.added).toEqual(back.removed);
        expect(there.removed).toEqual(back.added);
        expect(there.changed.map(({ name }) => name)).toEqual(back.changed.map(({ name }) => name));
        for (const { why } of there.changed) expect(why.length).toBeGreaterThan(0);
      }),
    );
  });

  it('schemas without end: an answer, and not more than fits on a page', () => {
    const nested = (leaf: string) => {
      let schema: JsonObject = { type: leaf };
      for (let depth = 0; depth < 100_000; depth++) schema = { items: schema };
      return schema;
    };
    expect(input(nested('string'), nested('null'))).toMatch(/^possiblyBreaking: the schema of `[[\]]+…` changed$/);
    expect(input(nested('string'), nested('string'))).toBe('');
    const wide = (type: string) =>
      object(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`${type}${String(i)}`, { type }])));
    const said = input(wide('string'), wide('null'));
    expect(said).toMatch(/^possiblyBreaking: /);
    expect(said.length).toBeLessThan(4000);
  });
});
