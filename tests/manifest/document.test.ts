import { describe, expect, it } from 'vitest';
import {
  ANNOTATIONS,
  applyDefaults,
  diffDocuments,
  parseManifests,
  sameDocument,
  toYaml,
} from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const doc = (metadata: JsonObject = {}, origin: JsonObject = {}, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'clarity.runtime/v1',
  kind: 'MCPService',
  metadata: { name: 'a', ...metadata },
  spec: { origin: { type: 'local_stdio', command: 'x', ...origin }, ...spec },
});
const diff = (a: JsonObject, b: JsonObject) => diffDocuments(applyDefaults(a), applyDefaults(b));
const managed = { annotations: { [ANNOTATIONS.managedBy]: 'api' } };

describe('two documents', () => {
  it.each<[string, JsonObject, JsonObject, boolean]>([
    [
      'are the same with defaults written out',
      doc(),
      doc({ module: 'a', labels: {} }, { args: [] }, { enabled: true }),
      true,
    ],
    ['are the same whoever wrote them', doc(), doc(managed), true],
    ['differ in a label', doc(), doc({ labels: { a: 'b' } }), false],
    ['differ in an annotation', doc(), doc({ annotations: { a: 'b' } }), false],
    ['differ in their display name', doc(), doc({ displayName: 'A' }), false],
  ])('%s', (_, a, b, same) => {
    expect(sameDocument(a, b)).toBe(same);
    expect(diff(a, b).length === 0).toBe(same);
  });

  it('differ in fields, in the order of the document', () => {
    const next = doc(
      { labels: { 'a/b': '1' }, ...managed },
      { args: ['-y'], command: 'y' },
      { enabled: false, tools: { allow: ['r*'] } },
    );
    expect(diff(doc(), next)).toEqual([
      { path: 'metadata.sourceFile', before: 'x', after: 'y' },
      expect.objectContaining({ path: 'metadata.serviceId' }),
      { path: 'spec.enabled', before: true, after: false },
      { path: 'spec.origin.args', before: [], after: ['-y'] },
      { path: 'spec.origin.command', before: 'x', after: 'y' },
      { path: 'metadata.labels["a/b"]', after: '1' },
      { path: 'spec.tools.allow', after: ['r*'] },
    ]);
  });

  it('show no secrets', () => {
    const env = (value: string) =>
      doc(
        {},
        {
          env: [
            { name: 'API_TOKEN', value },
            { name: 'LEVEL', value: 'debug' },
          ],
        },
      );
    const shown = [
      { name: 'API_TOKEN', value: '********' },
      { name: 'LEVEL', value: 'debug' },
    ];
    expect(diff(env('one'), env('two'))).toEqual([{ path: 'spec.origin.env', before: shown, after: shown }]);
  });

  it('that come and go show every field', () => {
    const all = diffDocuments(undefined, applyDefaults(doc()));
    expect(all).toContainEqual({ path: 'kind', after: 'MCPService' });
    expect(diffDocuments(applyDefaults(doc()), undefined)).toHaveLength(all.length);
  });
});

describe('YAML text', () => {
  it.each([
    'yes',
    '012',
    '1e3',
    'null',
    '- x',
    'a: b',
    '#',
    '',
    'two\nlines',
    '\ttab',
    'x'.repeat(500),
    '2026-01-01T00:00:00Z',
  ])('keeps the text %j', (text) => {
    const raw = doc({ labels: { text } });
    expect(parseManifests('a.yaml', toYaml(raw)).documents[0]?.raw).toEqual(raw);
  });

  it('keeps the order and long lines', () => {
    expect(toYaml({ b: 1, a: 'x '.repeat(100).trim() })).toBe(`b: 1\na: ${'x '.repeat(100).trim()}\n`);
  });
});
