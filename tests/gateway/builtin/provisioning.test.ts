import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ClarityError } from '../../../src/shared/errors.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';

const STDIO = { name: 'search', command: 'node', args: ['server.js'] };
const REMOTE = { endpoint: 'https://mcp.example.com/search' };

describe('a provisioning tool', () => {
  it.each([
    ['runtime__register_stdio', STDIO],
    ['runtime__register_remote', REMOTE],
    ['runtime__register_via_url', { url: REMOTE.endpoint }],
    ['runtime__register_local', { wasm_path: 'build/search.wasm' }],
  ])('%s writes one manifest into services.d/mcp and waits until it has settled', async (tool, args) => {
    const rig = new BuiltinRig();
    const { json, isError } = await rig.call(tool, args);
    expect([isError, Object.keys(json)]).toEqual([false, ['service', 'created', 'started', 'introspected']]);
    expect(json).toMatchObject({ service: { module: 'search' }, created: true, started: true, introspected: true });
    const [apply, wait] = rig.runtime.asked;
    expect(apply?.[2]).toEqual({ managedBy: 'mcp', force: false, folder: 'mcp' });
    expect(wait).toEqual(['waitFor', 'search', { kind: 'ready' }, 30_000]);
  });

  it('runtime__apply_manifest writes the document as it is', async () => {
    const rig = new BuiltinRig();
    const manifest = {
      apiVersion: 'clarity.runtime/v1',
      kind: 'MCPService',
      metadata: { name: 'search' },
      spec: { origin: { type: 'local_stdio', command: 'node' } },
    };
    const { json } = await rig.call('runtime__apply_manifest', { manifest });
    expect(json).toMatchObject({ applied: true, started: true, introspected: true });
    expect(parse(rig.applied)).toEqual(manifest);
    await rig.call('runtime__apply_manifest', { manifest, start_now: false });
    expect(parse(rig.applied)).toMatchObject({ spec: { autostart: false } });
  });

  it('with start_now false only registers', async () => {
    const rig = new BuiltinRig();
    const { json } = await rig.call('runtime__register_stdio', { ...STDIO, start_now: false });
    expect(json).toMatchObject({ created: true, started: false, introspected: false });
    expect(rig.runtime.asked[1]).toEqual(['waitFor', 'search', { kind: 'stopped' }, 30_000]);
  });

  it('tells that a service did not come up: it stays registered, as in the original', async () => {
    const rig = new BuiltinRig();
    rig.runtime.waitFor = () => Promise.resolve({ met: false, why: 'CommandNotFound: there is no node' });
    const { json, texts, isError } = await rig.call('runtime__register_stdio', STDIO);
    expect([isError, json]).toMatchObject([false, { created: true, started: false, introspected: false }]);
    expect(texts[1]).toContain('CommandNotFound');
  });

  it('checks the manifest before anything is written', async () => {
    const rig = new BuiltinRig();
    const { isError, texts } = await rig.call('runtime__apply_manifest', {
      manifest: { kind: 'MCPService', spce: {} },
    });
    expect(isError).toBe(true);
    expect(texts[0]).toContain('did you mean "spec"?');
    expect(rig.runtime.asked).toEqual([]);
  });

  it.each([
    ['the daemon', { allowedHosts: ['other.example.com'] }],
    ['nobody', { allowedHosts: [] }],
  ])('checks the host against the list of %s before anything is written', async (_whose, lists) => {
    const rig = new BuiltinRig({ provisioning: { enabled: true, approval: 'none', ...lists } });
    const { isError, texts } = await rig.call('runtime__register_remote', REMOTE);
    expect([isError, texts[0]]).toEqual([true, expect.stringContaining('the host mcp.example.com is not allowed')]);
    expect(rig.runtime.asked).toEqual([]);
  });

  it('checks the host against the policy, too', async () => {
    const rig = new BuiltinRig();
    rig.runtime.policies = () => [{ name: 'default', spec: { hosts: ['one.example.com'] }, usedBy: [] }];
    expect((await rig.call('runtime__register_remote', REMOTE)).isError).toBe(true);
    rig.runtime.policies = () => [{ name: 'default', spec: { hosts: ['mcp.example.com'] }, usedBy: [] }];
    expect((await rig.call('runtime__register_remote', REMOTE)).isError).toBe(false);
  });

  it('never takes the namespaces of the runtime', async () => {
    for (const tool_namespace of ['runtime', 'Clarity']) {
      const { isError, texts } = await new BuiltinRig().call('runtime__register_remote', { ...REMOTE, tool_namespace });
      expect([isError, texts[0]]).toEqual([true, expect.stringContaining('is reserved')]);
    }
  });

  it('never puts a service in the place of another of its name', async () => {
    const rig = new BuiltinRig();
    const { isError, texts } = await rig.call('runtime__register_stdio', { name: 'files', command: 'other' });
    expect([isError, texts[0]]).toEqual([
      true,
      expect.stringContaining('there is a service "files" of another origin'),
    ]);
    expect(rig.runtime.asked).toEqual([]);
    expect((await rig.call('runtime__register_stdio', { name: 'files', command: 'node' })).isError).toBe(false);
  });

  it('hands on that a person wrote the document', async () => {
    const rig = new BuiltinRig();
    rig.runtime.failure = new ClarityError('Conflict', 'MCPService "search" was written by hand');
    const { isError, texts } = await rig.call('runtime__register_stdio', STDIO);
    expect([isError, texts[0]]).toEqual([true, expect.stringContaining('was written by hand')]);
  });
});
