import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ANNOTATIONS, contentHash, parseManifests, runHash, type ServiceManifest } from '../../src/manifest/index.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';
import { sized } from '../helpers/size.ts';

const BASE = {
  apiVersion: 'clarity.runtime/v1',
  kind: 'MCPService',
  metadata: { name: 'a', labels: { team: 'x' }, annotations: {}, sourceFile: 'npx' },
  spec: {
    enabled: true,
    reconcile: { interval: '60s', timeout: '120s' },
    tools: { allow: ['a*'], rename: { a: 'b' } },
    origin: { type: 'local_stdio', command: 'npx', args: ['-y', 'x'], env: [{ name: 'A', value: 'b' }] },
  },
};
const INPUTS = { env: { A: 'b' } };

function hashes(raw: JsonObject, text = stringify(raw)): [spec: string, run: string] {
  const [document] = parseManifests('a.yaml', text).documents;
  if (document === undefined) throw new Error(text);
  return [document.specHash, runHash(document.document as ServiceManifest, INPUTS)];
}
const metadata = (extra: JsonObject) => ({ ...BASE, metadata: { ...BASE.metadata, ...extra } });
const spec = (extra: JsonObject) => ({ ...BASE, spec: { ...BASE.spec, ...extra } });
const origin = (extra: JsonObject) => spec({ origin: { ...BASE.spec.origin, ...extra } });

describe('generation and runHash', () => {
  const [specHash, run] = hashes(BASE);

  it.each<[string, JsonObject, { generation: boolean; restart: boolean }]>([
    ['labels', metadata({ labels: { team: 'y' } }), { generation: false, restart: false }],
    ['annotations', metadata({ annotations: { note: 'x' } }), { generation: false, restart: false }],
    [
      'managed-by',
      metadata({ annotations: { [ANNOTATIONS.managedBy]: 'clarityctl' } }),
      { generation: false, restart: false },
    ],
    ['prune', metadata({ annotations: { [ANNOTATIONS.prune]: 'disabled' } }), { generation: false, restart: false }],
    ['the display name', metadata({ displayName: 'A' }), { generation: false, restart: false }],
    ['the version', metadata({ version: '2' }), { generation: false, restart: false }],
    ['createdAt and updatedAt', metadata({ createdAt: 'x', updatedAt: 'y' }), { generation: false, restart: false }],
    [
      'a default that is written out',
      spec({ autostart: true, probe: { timeoutMs: 5000 } }),
      { generation: false, restart: false },
    ],
    [
      'a duration written another way',
      spec({ reconcile: { interval: '1m', timeout: 120 } }),
      { generation: false, restart: false },
    ],
    ['restartedAt', metadata({ annotations: { [ANNOTATIONS.restartedAt]: 'x' } }), { generation: true, restart: true }],
    [
      'unquarantinedAt',
      metadata({ annotations: { [ANNOTATIONS.unquarantinedAt]: 'x' } }),
      { generation: true, restart: false },
    ],
    ['enabled', spec({ enabled: false }), { generation: true, restart: false }],
    ['suspend', spec({ suspend: true }), { generation: true, restart: false }],
    ['tools', spec({ tools: { deny: ['*'] } }), { generation: true, restart: false }],
    ['the order of a list of globs', spec({ tools: { allow: ['b*', 'a*'] } }), { generation: true, restart: false }],
    ['the policy', spec({ policyRef: 'p' }), { generation: true, restart: false }],
    ['the artifact', metadata({ artifactSha256: 'ff' }), { generation: true, restart: true }],
    ['the command', origin({ command: 'node' }), { generation: true, restart: true }],
    ['the arguments', origin({ args: ['x', '-y'] }), { generation: true, restart: true }],
    ['a limit of the origin', origin({ timeoutMs: 1 }), { generation: true, restart: true }],
  ])('follow %s as the page says', (_, raw, { generation, restart }) => {
    const [nextSpec, nextRun] = hashes(raw);
    expect({ generation: nextSpec !== specHash, restart: nextRun !== run }).toEqual({ generation, restart });
  });

  it('follow resolved values and the content of the source file', () => {
    const [document] = parseManifests('a.yaml', stringify(BASE)).documents;
    const manifest = document?.document as ServiceManifest;
    const all = [INPUTS, { env: { A: 'c' } }, { ...INPUTS, sourceHash: 'x' }, { ...INPUTS, namedFiles: 'x' }].map(
      (inputs) => runHash(manifest, inputs),
    );
    expect(new Set(all).size).toBe(4);
    expect(all[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('do not depend on key order, comments or style', () => {
    const style = fc.record({
      indent: fc.constantFrom(2, 4, 8),
      collectionStyle: fc.constantFrom('any', 'flow'),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
    } as const);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), style, fc.boolean(), (numbers, options, json) => {
        const value = shuffled(BASE, numbers);
        const text = json
          ? JSON.stringify(value, null, options.indent)
          : `# first\n${stringify(value, options).replaceAll('\n', ' # c\n')}`;
        expect(hashes(BASE, text)).toEqual([specHash, run]);
      }),
      { numRuns: sized(200, 5000) },
    );
  });

  it('the content hash is that of the bytes', () => {
    expect(contentHash('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(contentHash('ü')).not.toBe(contentHash('u'));
  });
});

function shuffled(value: Json, numbers: Iterator<number>): Json {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, numbers));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(
    ([key, member]) => [numbers.next().value as number, key, shuffled(member ?? null, numbers)] as const,
  );
  return Object.fromEntries([...members].sort((a, b) => a[0] - b[0]).map(([, key, member]) => [key, member]));
}
