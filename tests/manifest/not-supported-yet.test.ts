import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseManifests } from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const STDIO = { type: 'local_stdio', command: 'x' };
const REMOTE = { type: 'remote_mcp', endpoint: 'http://x' };
const AGENT = { agentId: 'a', name: 'A', role: 'r', objective: 'o', triggers: ['api'] };
const service = (spec: JsonObject, origin: JsonObject = STDIO, metadata: JsonObject = {}) => ({
  apiVersion: 'clarity.runtime/v1',
  kind: 'MCPService',
  metadata: { name: 'a', ...metadata },
  spec: { origin, ...spec },
});
const policy = (spec: JsonObject) => ({
  apiVersion: 'clarity.runtime/v1',
  kind: 'Policy',
  metadata: { name: 'p' },
  spec,
});
const found = (raw: JsonObject) => {
  const { documents, diagnostics } = parseManifests('a.yaml', stringify(raw));
  return {
    documents: documents.length,
    findings: diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message.split(' is ')[0] ?? ''}`),
  };
};

describe('what this version does not do yet', () => {
  it.each<[string, JsonObject]>([
    ['metadata.agent', service({}, STDIO, { agent: AGENT })],
    ['spec.timeoutMs', policy({ timeoutMs: 5 })],
    ['spec.maxPayloadBytes', policy({ maxPayloadBytes: 5 })],
    ['spec.maxConcurrency', policy({ maxConcurrency: 5 })],
    ['spec.rateLimit', policy({ rateLimit: { callsPerMinute: 5 } })],
  ])('warns of %s, and the document stands', (what, raw) => {
    expect(found(raw)).toEqual({ documents: 1, findings: [`warning NotSupportedYet ${what}`] });
  });

  it.each<[string, JsonObject]>([
    ['spec.origin.limits', service({}, { ...STDIO, limits: { memoryMb: 5 } })],
    ['spec.origin.sandbox: bwrap', service({}, { ...STDIO, sandbox: 'bwrap' })],
    ['spec.approval', policy({ approval: { required: ['*'] } })],
    ['spec.budgets', policy({ budgets: { tokens: 5 } })],
  ])('refuses %s, since ignoring it would be unsafe', (what, raw) => {
    expect(found(raw)).toEqual({ documents: 0, findings: [`error NotSupportedYet ${what}`] });
  });

  it.each<[string, JsonObject]>([
    [
      'the usual words',
      service({
        activation: { mode: 'always' },
        drift: 'Heal',
        session: 'auto',
        deletionPolicy: 'Stop',
        dependsOn: [],
      }),
    ],
    ['an empty probe', service({ probe: { intervalSeconds: 5 } })],
    ['no sandbox and no limits', service({}, { ...STDIO, sandbox: 'none', limits: {} })],
    ['retries', service({}, { ...REMOTE, retry: { max: 2, backoffMs: 5 } })],
    [
      'a module, its limits and its rollout',
      service({ rollout: { drainSeconds: 5 } }, { type: 'local_wasm', limits: { timeoutMs: 5 } }),
    ],
    ['what a policy does', policy({ tools: { deny: ['x'] }, hosts: ['h'] })],
  ])('says nothing of %s', (_, raw) => {
    expect(found(raw)).toEqual({ documents: 1, findings: [] });
  });
});

describe('restart policies that can never quarantine', () => {
  it.each<[string, JsonObject, JsonObject, boolean]>([
    ['5 in 60 s', { maxRestarts: 5, windowSeconds: 60 }, STDIO, false],
    ['5 in 15 s', { maxRestarts: 5, windowSeconds: 15 }, STDIO, false],
    ['5 in 14 s', { maxRestarts: 5, windowSeconds: 14 }, STDIO, true],
    ['7 in the default window', { maxRestarts: 7 }, STDIO, true],
    ['very many', { maxRestarts: 1e9 }, STDIO, true],
    ['no restart', { maxRestarts: 0, windowSeconds: 1 }, STDIO, false],
    ['a service that is never restarted', { mode: 'never', maxRestarts: 50 }, STDIO, false],
    ['a remote service', { maxRestarts: 50 }, REMOTE, false],
  ])('%s', (_, restartPolicy, origin, warned) => {
    const { documents, diagnostics } = parseManifests('a.yaml', stringify(service({ restartPolicy }, origin)));
    expect(documents).toHaveLength(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(warned ? ['NeverQuarantines'] : []);
  });

  it('says the numbers', () => {
    const [warning] = parseManifests('a.yaml', stringify(service({ restartPolicy: { maxRestarts: 8 } }))).diagnostics;
    expect(warning?.message).toContain('failure 8 comes 127 s after the first, and windowSeconds is 60');
    expect(warning?.help).toBe('Lower maxRestarts, or raise windowSeconds to at least 127.');
  });
});

describe('annotations of ours', () => {
  it.each([
    [
      { 'clarity.runtime/pruen': 'disabled' },
      'unknown annotation "clarity.runtime/pruen"; did you mean "clarity.runtime/prune"?',
    ],
    [
      { 'clarity.runtime/prune': 'no' },
      'the annotation "clarity.runtime/prune" knows only the value disabled; this one does nothing',
    ],
  ])('warn of a typo that would do nothing: %j', (annotations, message) => {
    const { documents, diagnostics } = parseManifests('a.yaml', stringify(service({}, STDIO, { annotations })));
    expect(documents).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ severity: 'warning', message }]);
  });
});
