import { describe, expect, it } from 'vitest';
import {
  applyDefaults,
  type PolicyManifest,
  type RemoteOrigin,
  type ServiceManifest,
  type WasmOrigin,
} from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { BUILT_IN_LIMITS } from '../../src/shared/limits.ts';

const LIMITS = { ...BUILT_IN_LIMITS, remoteTimeoutMs: 7, remoteRetryMax: 3, wasmTimeoutMs: 9 };
const service = (origin: JsonObject, metadata: JsonObject = {}) =>
  applyDefaults(
    { kind: 'MCPService', metadata: { name: 'a', ...metadata }, spec: { origin } },
    LIMITS,
  ) as ServiceManifest;

describe('defaults', () => {
  it('put the manifest before the environment', () => {
    const remote = { type: 'remote_mcp', endpoint: 'http://x' };
    expect(service(remote).spec.origin).toMatchObject({ timeoutMs: 7, retry: { max: 3, backoffMs: 150 } });
    expect(service({ ...remote, timeoutMs: 5, retry: { max: 1 } }).spec.origin).toMatchObject({
      timeoutMs: 5,
      retry: { max: 1 },
    });
    expect((service({ type: 'local_wasm', limits: { maxConcurrency: 2 } }).spec.origin as WasmOrigin).limits).toEqual({
      timeoutMs: 9,
      maxConcurrency: 2,
      countWaits: false,
    });
  });

  it('keep a timeout within what a timer can hold', () => {
    const { timeoutMs } = service({ type: 'remote_mcp', endpoint: 'http://x', timeoutMs: 1e15 }).spec
      .origin as RemoteOrigin;
    expect(timeoutMs).toBe(2_147_483_647);
  });

  it('make text of what the original leaves unchecked', () => {
    const metadata = { version: 1.5, createdAt: null, updatedAt: ['x'], workspaceRoot: '/w' };
    const got = service({ type: 'local_wasm', args: [1, 'b', { c: 1 }] }, metadata);
    expect(got.metadata).toMatchObject({ version: '1.5', workspaceRoot: '/w' });
    expect(Object.keys(got.metadata)).not.toContain('createdAt');
    expect(Object.keys(got.metadata)).not.toContain('updatedAt');
    expect((got.spec.origin as WasmOrigin).args).toEqual(['1', 'b', '{"c":1}']);
  });

  it('cut a display name to 80 characters, never within one', () => {
    const { displayName } = service({ type: 'local_wasm' }, { displayName: '😀'.repeat(90) }).metadata;
    expect(displayName).toBe('😀'.repeat(80));
  });

  it('leave the rules of a policy as they are', () => {
    const policy = applyDefaults({ kind: 'Policy', metadata: { name: 'p' }, spec: { timeoutMs: 5 } }) as PolicyManifest;
    expect(policy).toEqual({
      apiVersion: 'clarity.runtime/v1',
      kind: 'Policy',
      metadata: { name: 'p', labels: {}, annotations: {} },
      spec: { timeoutMs: 5 },
    });
  });
});
