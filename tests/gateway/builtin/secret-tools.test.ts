import { describe, expect, it } from 'vitest';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';
import { fakeSecrets } from '../../helpers/fake-secrets.ts';

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
