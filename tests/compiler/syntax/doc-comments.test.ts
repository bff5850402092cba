import { expect, it } from 'vitest';
import { parseText } from './parse-text.ts';

const TEXT = `// Licence.

// What the module
//   is for.

module A // not a doc

// Not a doc: an empty line follows.

// Adds.
/// Two lines.
export effect[Log] function add(a: Int64) -> Int64 { a } // not a doc
// A point.
type P = {
  // From the left.
  x: Int64, // not a doc
  y: Int64,
  //
  // From the front.
  z: Int64
}
type U =
  // First.
  | A // not a doc
  | B( // not a doc
    // Its value.
    v: Int64)
const K: Int64 = 1; // not a doc
const L: Int64 = 1;
`;

it('the block directly above a declaration, a field and a variant is its doc', () => {
  const { module, places } = parseText(TEXT);
  expect(places).toEqual([]);
  expect(module.doc).toBe('What the module\n  is for.');
  expect(module.declarations.map(({ doc }) => doc)).toEqual([
    'Adds.\nTwo lines.',
    'A point.',
    undefined,
    undefined,
    undefined,
  ]);
  const [, point, union] = module.declarations;
  if (point?.kind !== 'type' || point.definition.kind !== 'record') throw new Error('no record');
  expect(point.definition.fields.map(({ doc }) => doc)).toEqual(['From the left.', undefined, '\nFrom the front.']);
  if (union?.kind !== 'type' || union.definition.kind !== 'union') throw new Error('no union');
  expect(union.definition.variants.map(({ doc }) => doc)).toEqual(['First.', undefined]);
  expect(union.definition.variants[1]?.fields[0]?.doc).toBe('Its value.');
});

it.each([
  ['module A', undefined],
  ['// One.\nmodule A', 'One.'],
  ['\uFEFF// One.\r\n// Two.\r\nmodule A', 'One.\nTwo.'],
  ['module A // One.', undefined],
])('the module %j has the doc %j', (text, doc) => expect(parseText(text).module.doc).toBe(doc));
