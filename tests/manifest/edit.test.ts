import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { editDocument, replaceDocument } from '../../src/manifest/index.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';
import { sized } from '../helpers/size.ts';

const HAND = `# yaml-language-server: $schema=../schema.json
apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
    name: files     # the name
    labels: {  team: docs  }

spec: # all of it
    enabled:   true   # on
    # where it comes from
    origin:
        type: local_stdio
        command: 'npx'
        args:
          - -y # yes
          - "@x/files"   # the package
          - ./docs
        env: []
# the end
`;
const restartedAt = ['metadata', 'annotations', 'clarity.runtime/restartedAt'];
const set = (path: string, value: Json) => ({ set: [{ path: path.split('.'), value }] });

/** The lines that differ, as `-old` and `+new`, in order. */
function changed(before: string, after: string): string[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  const gone = left.filter((line) => !right.includes(line)).map((line) => `-${line}`);
  return [...gone, ...right.filter((line) => !left.includes(line)).map((line) => `+${line}`)];
}

const EDITS: [name: string, text: string, edit: Parameters<typeof editDocument>[2], lines: string[]][] = [
  ['a scalar', HAND, set('spec.enabled', false), ['-    enabled:   true   # on', '+    enabled:   false   # on']],
  ['a quoted text', HAND, set('spec.origin.command', "it's"), ["-        command: 'npx'", "+        command: 'it''s'"]],
  ['a new field', HAND, set('spec.suspend', true), ['+    suspend: true']],
  [
    'a new field with missing parents',
    HAND,
    { set: [{ path: restartedAt, value: '2026-01-01T00:00:00Z' }] },
    ['+    annotations:', '+        clarity.runtime/restartedAt: 2026-01-01T00:00:00Z'],
  ],
  [
    'a field of a flow map',
    HAND,
    set('metadata.labels.tier', '1'),
    ['-    labels: {  team: docs  }', '+    labels: {  team: docs, tier: "1"  }'],
  ],
  [
    'one item of a list',
    HAND,
    set('spec.origin.args', ['-y', '@x/files', './src']),
    ['-          - ./docs', '+          - ./src'],
  ],
  ['a longer list', HAND, set('spec.origin.args', ['-y', '@x/files', './docs', 'a: b']), ['+          - "a: b"']],
  [
    'a shorter list',
    HAND,
    set('spec.origin.args', ['-y']),
    ['-          - "@x/files"   # the package', '-          - ./docs'],
  ],
  [
    'an empty list to a filled one',
    HAND,
    set('spec.origin.env', [{ name: 'A', value: 'b' }]),
    ['-        env: []', '+        env:', '+            - name: A', '+              value: b'],
  ],
  [
    'a filled list to an empty one',
    HAND,
    set('spec.origin.args', []),
    [
      '-        args:',
      '-          - -y # yes',
      '-          - "@x/files"   # the package',
      '-          - ./docs',
      '+        args: []',
    ],
  ],
  [
    'a scalar to a map',
    HAND,
    set('spec.enabled', { a: 1 }),
    ['-    enabled:   true   # on', '+    enabled:', '+        a: 1   # on'],
  ],
  [
    'a map to a scalar',
    'a: # the a\n  b: 1\n  c: 2 # see\nd: 3\n',
    set('a', 7),
    ['-a: # the a', '-  b: 1', '-  c: 2 # see', '+a: 7 # the a # see'],
  ],
  ['nothing', HAND, set('spec.enabled', true), []],
  ['a field taken away', HAND, { unset: [['spec', 'enabled']] }, ['-    enabled:   true   # on']],
  [
    'the only field of a map taken away',
    HAND,
    { unset: [['metadata', 'labels', 'team']] },
    ['-    labels: {  team: docs  }', '+    labels: {}'],
  ],
  ['a field that is not there taken away', HAND, { unset: [['spec', 'drift', 'x']] }, []],
  [
    'pretty JSON',
    '{\n  "spec": {\n    "a": "x"\n  }\n}\n',
    { set: [{ path: ['spec', 'b'], value: { c: [1] } }] },
    ['-    "a": "x"', '+    "a": "x",', '+    "b": {', '+      "c": [', '+        1', '+      ]', '+    }'],
  ],
  ['JSON on one line', '{"a":1}', set('b', 'x'), ['-{"a":1}', '+{"a":1, "b": "x"}']],
  ['an empty value', 'a:\nb: 1\n', set('a', 5), ['-a:', '+a: 5']],
  ['an empty value with a comment', 'a: # none\nb: 1\n', set('a.x', 5), ['+  x: 5']],
  ['a block text', 'a: |\n  x\n  y\nb: 1\n', set('a', 'z'), ['-a: |', '-  x', '-  y', '+a: z']],
  ['a text without a last line feed', 'a: 1', set('b', 2), ['+b: 2']],
  [
    'fields of a map in a list',
    'a:\n  - name: x\n    v: 1\n',
    set('a', [{ v: 2 }]),
    ['-  - name: x', '-    v: 1', '+  - v: 2'],
  ],
];

describe('editing one document', () => {
  it.each(EDITS)('changes only the lines of %s', (_, text, edit, lines) => {
    expect(changed(text, editDocument(text, 0, edit))).toEqual(lines);
  });

  it('keeps Windows line ends and the byte order mark', () => {
    const text = '\uFEFFa: 1\r\nb:\r\n  c: 2\r\n';
    expect(editDocument(text, 0, set('b.d', 3))).toBe('\uFEFFa: 1\r\nb:\r\n  c: 2\r\n  d: 3\r\n');
  });

  it('edits the document of the index and no other', () => {
    const text = 'a: 1 # one\n---\n# two\na: 2\n---\na: 3\n';
    expect(editDocument(text, 1, set('a', 9))).toBe('a: 1 # one\n---\n# two\na: 9\n---\na: 3\n');
  });

  it('edits beside a document that does not parse', () => {
    const text = 'a: 1 # one\n---\nb: *nothing # two\n';
    expect(editDocument(text, 0, set('a', 2))).toBe('a: 2 # one\n---\nb: *nothing # two\n');
  });

  it('writes the document anew where an anchor is used elsewhere', () => {
    const text = 'a: &x {k: 1}\nb: *x\n';
    expect(parseAllDocuments(editDocument(text, 0, set('a.k', 2)))[0]?.toJS()).toEqual({ a: { k: 2 }, b: { k: 1 } });
  });

  it.each([
    [3, 'a: 1\n', 'NotFound'],
    [0, '', 'NotFound'],
    [1, 'a: 1\n---\n', 'NotFound'],
    [0, 'a: [\n', 'ManifestInvalid'],
    [0, 'x: 1\n', 'BadRequest'],
  ])('refuses document %i of %j with %s', (index, text, code) => {
    expect(() => editDocument(text, index, set('x.y', 1))).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('replacing one document', () => {
  it('keeps the comments of what stays', () => {
    const raw = parseAllDocuments(HAND)[0]?.toJS() as { metadata: JsonObject; spec: { origin: JsonObject } };
    const wanted = { ...raw, spec: { origin: { ...raw.spec.origin, command: 'node', cwd: 'x' } } };
    expect(changed(HAND, replaceDocument(HAND, 0, wanted))).toEqual([
      '-    enabled:   true   # on',
      "-        command: 'npx'",
      "+        command: 'node'",
      '+        cwd: x',
    ]);
  });
});

const key = fc.constantFrom('a', 'b', 'c', 'name', 'x y', '- z', 'clarity.runtime/at', '#h');
const text = fc.oneof(
  fc.constantFrom('', 'x', 'a: b', '- a', '# no', 'true', '12', "it's", '"q"', 'two\nlines', ' pad ', '{', 'ü😀'),
  fc.string({ maxLength: 8 }),
);
const { tree } = fc.letrec<{ tree: Json; map: JsonObject }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
}));
const map = fc.dictionary(key, tree, { maxKeys: 4, minKeys: 1 });

describe('any edit', () => {
  const styles = fc.record({
    collectionStyle: fc.constantFrom('any', 'flow'),
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
  } as const);
  const ended = fc.constantFrom('', '\n', '\n# last\n');

  it('means what was asked for and leaves the other documents', () => {
    fc.assert(
      fc.property(map, map, styles, ended, (before, after, style, end) => {
        const yaml = stringify(before, { ...style, lineWidth: 0 }).trimEnd() + end;
        const result = replaceDocument(`first: 1 # one\n---\n${yaml}`, 1, after);
        expect(result.startsWith('first: 1 # one\n---\n')).toBe(true);
        expect(parseAllDocuments(result).map((one) => one.toJS() as Json)).toEqual([{ first: 1 }, after]);
      }),
      { numRuns: sized(300, 10_000) },
    );
  });

  it('keeps every comment, and every line that it does not concern', () => {
    const block = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tree, { minKeys: 1, maxKeys: 4 });
    const path = fc.array(fc.constantFrom('a', 'b', 'new', 'name'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(block, path, text, (before, steps, value) => {
        const yaml = commented(stringify({ root: before, tail: [1, 2] }, { lineWidth: 0 }));
        fc.pre(leadsThroughMaps(before, steps));
        const result = editDocument(yaml, 0, { set: [{ path: ['root', ...steps], value }] });
        expect(parseAllDocuments(result)[0]?.toJS()).toEqual({ root: setIn(before, steps, value), tail: [1, 2] });
        expect(result.match(/# c\d+/g) ?? []).toEqual(yaml.match(/# c\d+/g) ?? []);
      }),
      { numRuns: sized(300, 10_000) },
    );
  });
});

/** Puts a comment before each line that begins a field, where no block text stands. */
function commented(yaml: string): string {
  if (/[|>][-+]?\d?$/m.test(yaml)) return yaml;
  let count = 0;
  return yaml.replace(/^( *)(?=[a-z"]+:)/gm, (indent) => `${indent}# c${String(count++)}\n${indent}`);
}

/** A path whose end is no collection yet, so that no comment has to go with one. */
function leadsThroughMaps(at: Json | undefined, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return typeof at !== 'object' || at === null;
  if (at === undefined || at === null) return true;
  return typeof at === 'object' && !Array.isArray(at) && leadsThroughMaps((at as JsonObject)[step], rest);
}

function setIn(at: Json | undefined, [step, ...rest]: readonly string[], value: Json): Json {
  return step === undefined
    ? value
    : { ...(at as JsonObject | null), [step]: setIn((at as JsonObject | null)?.[step], rest, value) };
}
