import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyDefaults,
  declaredName,
  parseManifests,
  removeDocument,
  splitDocuments,
} from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { sized } from '../helpers/size.ts';

const VALID = `# a comment
apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: files, labels: { team: "docs" } }
spec:
  tools:
    allow: [read_*]
  origin: &o
    type: local_stdio
    command: npx
    args:
      - -y
      - |
        text
    env: [{ name: TOKEN, value: 'x' }]
---
apiVersion: clarity.runtime/v1
kind: Policy
metadata: { name: p }
spec: { hosts: ["a"], timeoutMs: 5 }
`;
const PIECES = [
  ...Array.from('[]{}:,-?&*!|>%@`"\'#\n\t \u0000\uFEFF'),
  ...['\ud800', '---\n', '...\n', '<<: *o', '__proto__: 1', '\r\n', '  ', ': ', '- ', '!!set', '&o ', '*o'],
];

/** What must hold of any text: no exception, a consistent answer, places inside of the text. */
function holds(text: string): void {
  const { documents, diagnostics } = parseManifests('a.yaml', text);
  const lines = text.split('\n').length;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.length === 0 || documents.length === 0).toBe(true);
  expect(diagnostics.length).toBeLessThanOrEqual(11);
  for (const { line, column, text: rendered, severity, code } of diagnostics) {
    expect(line >= 1 && line <= lines && column >= 1).toBe(true);
    expect(rendered.startsWith(`${severity}[${code}] a.yaml:${String(line)}:${String(column)}\n`)).toBe(true);
  }
  const pieces = splitDocuments(text);
  for (const { index, raw, name } of documents) {
    expect(declaredName(raw)).toBe(name);
    expect(parseManifests('a.yaml', pieces[index] ?? '').documents.map((one) => one.raw)).toEqual([raw]);
    const rest = parseManifests('a.yaml', removeDocument(text, index)).documents;
    expect(rest.map((one) => one.raw)).toEqual(documents.filter((one) => one.index !== index).map((one) => one.raw));
  }
}

describe('any text', () => {
  it('is answered without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), holds), { numRuns: sized(300, 10_000) });
  });

  it('is answered when a valid manifest is cut, mixed and damaged', () => {
    const cut = fc.record({ at: fc.nat(VALID.length), remove: fc.nat(12), add: fc.constantFrom('', ...PIECES) });
    const damaged = fc
      .array(cut, { minLength: 1, maxLength: 4 })
      .map((cuts) =>
        cuts.reduce((text, { at, remove, add }) => text.slice(0, at) + add + text.slice(at + remove), VALID),
      );
    fc.assert(fc.property(damaged, holds), { numRuns: sized(300, 10_000) });
  });

  it('is answered when any value stands in any place', () => {
    const { document } = parseManifests('a.yaml', VALID).documents[0] ?? {};
    const paths = pathsOf(document);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
        const raw = structuredClone(document) as unknown as JsonObject;
        holds(JSON.stringify(put(raw, path, value)));
      }),
      { numRuns: sized(300, 10_000) },
    );
  });

  it.each(['['.repeat(100_000), '- '.repeat(50_000), '{a: '.repeat(50_000), '? '.repeat(50_000)])(
    'that nests without an end is refused: %.8s',
    (text) => {
      expect(parseManifests('a.yaml', text).diagnostics).toMatchObject([{ message: 'nested deeper than 64 levels' }]);
    },
  );

  it('that multiplies by aliases is refused', () => {
    const bomb = Array.from({ length: 40 }, (_, n) =>
      n === 0
        ? 'a0: &a0 [x]'
        : `a${String(n)}: &a${String(n)} [${Array(9)
            .fill(`*a${String(n - 1)}`)
            .join()}]`,
    );
    const { documents, diagnostics } = parseManifests('a.yaml', bomb.join('\n'));
    expect(documents).toEqual([]);
    expect(diagnostics[0]?.message).toBe('the aliases of this document expand to too much');
  });

  it('with __proto__ as a key changes no prototype', () => {
    const { diagnostics } = parseManifests('a.yaml', '__proto__: {polluted: true}\nkind: Policy\n');
    expect(diagnostics.map(({ message }) => message)).toContain(
      'unknown field "__proto__" in the manifest; known are apiVersion, kind, metadata, spec',
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a defaulted document', () => {
  it('written down again means the same', () => {
    const [service] = parseManifests('a.yaml', VALID).documents;
    const { reconcile, ...spec } = (
      service?.document as unknown as { spec: { reconcile: { intervalMs: number; timeoutMs: number } } }
    ).spec;
    const times = { interval: `${String(reconcile.intervalMs)}ms`, timeout: `${String(reconcile.timeoutMs)}ms` };
    const raw = { ...(service?.document as unknown as JsonObject), spec: { ...spec, reconcile: times } };
    expect(applyDefaults(raw)).toEqual(service?.document);
    expect(parseManifests('a.json', JSON.stringify(raw)).documents[0]?.specHash).toBe(service?.specHash);
  });
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function put(at: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(at))
    return at.map((item: unknown, index) => (String(index) === step ? put(item, rest, value) : item));
  return { ...(at as object), [step]: put((at as Record<string, unknown>)[step], rest, value) };
}
