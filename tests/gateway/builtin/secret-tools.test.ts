import { describe, expect, it } from 'vitest';
import type { SecretAdmin } from '../../../src/reconcile/ports.ts';
import { ClarityError } from '../../../src/shared/errors.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';

/** Secrets in a map. */
function fakeSecrets(): SecretAdmin & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const pathOf = (authRef: string) => {
    if (!authRef.startsWith('file:')) throw new ClarityError('BadRequest', 'only file: references can be written');
    return authRef.slice(5);
  };
  return {
    kept,
    providers: async () => ({ providers: [{ name: 'file', supported: true }], fileRoot: '/s', fileRootExists: true }),
    list: async () => [...kept.keys()].map((authRef) => ({ authRef, relativePath: pathOf(authRef) })),
    write: async (authRef, secret) => {
      const path = pathOf(authRef);
      kept.set(authRef, secret);
      return { authRef, provider: 'file', path };
    },
    remove: async (authRef) => ({ authRef, provider: 'file', path: pathOf(authRef), deleted: kept.delete(authRef) }),
    validate: async (authRef) => ({
      authRef,
      provider: 'file',
      target: pathOf(authRef),
      redactedTarget: '.../x',
      valid: kept.has(authRef),
      issues: kept.has(authRef) ? [] : ['there is no such file'],
      headerKeys: ['Authorization'],
      source: 'file',
    }),
  };
}

describe('the tools of secrets', () => {
  it('store, list, check and delete, and never tell a secret', async () => {
    const secrets = fakeSecrets();
    const rig = new BuiltinRig({ secrets });
    const auth_ref = 'file:github';
    const answers = [
      await rig.call('runtime__set_auth_secret', { auth_ref, secret: 'ghp_1' }),
      await rig.call('runtime__list_auth_secrets'),
      await rig.call('runtime__validate_auth_ref', { auth_ref }),
      await rig.call('runtime__auth_provider_health'),
      await rig.call('runtime__delete_auth_secret', { auth_ref }),
    ];
    expect(answers.map(({ json }) => json)).toMatchObject([
      { authRef: auth_ref, provider: 'file', path: 'github', written: true },
      { count: 1, items: [{ authRef: auth_ref, relativePath: 'github' }] },
      { authRef: auth_ref, valid: true, issues: [], headerKeys: ['Authorization'], source: 'file' },
      { providers: [{ name: 'file', supported: true }], fileRoot: '/s', fileRootExists: true },
      { authRef: auth_ref, deleted: true },
    ]);
    expect(JSON.stringify(answers)).not.toContain('ghp_1');
    expect(secrets.kept.size).toBe(0);
  });

  it('refuse what is no file, in a sentence', async () => {
    const rig = new BuiltinRig({ secrets: fakeSecrets() });
    const { isError, texts } = await rig.call('runtime__set_auth_secret', { auth_ref: 'env:HOME', secret: 'x' });
    expect([isError, texts[0]]).toEqual([true, expect.stringContaining('only file: references can be written')]);
  });
});
