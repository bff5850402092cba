import { describe, expect, it } from 'vitest';
import { createSecretAdmin } from '../../src/security/secret-admin.ts';
import { SecretFiles } from '../../src/security/secret-files.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

const url = '/api/security/auth/secrets';

async function setUp(provisioning: boolean) {
  const secretsRoot = tempFolder();
  const secrets = createSecretAdmin({
    files: new SecretFiles(secretsRoot),
    resolver: createSecretResolver({ env: {}, secretsRoot, learn: () => undefined }),
    named: () => [],
    mayAskAll: provisioning,
    onChange: () => undefined,
  });
  return { secretsRoot, api: await testApi({ secrets, provisioning }) };
}

describe('with provisioning', () => {
  it('a secret is written, listed by name, checked and deleted, and its value never comes back', async () => {
    const { api, secretsRoot } = await setUp(true);
    const auth_ref = 'file:search/token';
    const written = await api.ask({ method: 'POST', url, payload: { auth_ref, secret: 'hush-hush' } });
    const path = `${secretsRoot}/search/token`;
    expect(written.json).toEqual({ authRef: auth_ref, provider: 'file', path, written: true });
    const listed = await api.ask(url);
    expect(listed.json).toEqual({ count: 1, items: [{ authRef: auth_ref, relativePath: 'search/token' }] });
    const checks = [
      await api.ask(`/api/security/auth/validate?auth_ref=${encodeURIComponent(auth_ref)}`),
      await api.ask({ method: 'POST', url: '/api/security/auth/validate', payload: { auth_ref } }),
    ];
    for (const { json } of checks) expect(json).toMatchObject({ valid: true, redactedTarget: '.../token' });
    const deleted = await api.ask({ method: 'DELETE', url, payload: { auth_ref } });
    expect(deleted.json).toEqual({ authRef: auth_ref, provider: 'file', path, deleted: true });
    for (const { text } of [written, listed, ...checks, deleted]) expect(text).not.toContain('hush-hush');
  });

  it.each([
    [{ auth_ref: 'env:X', secret: 'x' }, 'only file:PATH'],
    [{ auth_ref: 'file:../x', secret: 'x' }, 'must lie inside'],
    [{ auth_ref: 'file:x' }, 'secret'],
    [{ secret: 'x' }, 'auth_ref'],
  ])('%j is 400', async (payload, why) => {
    const { api } = await setUp(true);
    const { status, json } = await api.ask({ method: 'POST', url, payload });
    expect({ status, error: json.error }).toEqual({ status: 400, error: expect.stringContaining(why) });
  });
});

it('without provisioning nothing is written and nothing deleted', async () => {
  const { api } = await setUp(false);
  for (const request of [
    { method: 'POST', url, payload: { auth_ref: 'file:x', secret: 'x' } },
    { method: 'DELETE', url, payload: { auth_ref: 'file:x' } },
  ] as const) {
    const { status, json } = await api.ask(request);
    expect({ status, code: json.code }).toEqual({ status: 403, code: 'NotEnabled' });
    expect(json.error).toContain('CLARITY_ENABLE_MCP_PROVISIONING');
  }
  expect((await api.ask(url)).json).toEqual({ count: 0, items: [] });
});

it('a reference to check must be named', async () => {
  const { api } = await setUp(false);
  expect((await api.ask('/api/security/auth/validate')).status).toBe(400);
});
