import type { SecretAdmin } from '../../src/reconcile/ports.ts';
import { ClarityError } from '../../src/shared/errors.ts';

/** Secrets in a map. */
export function fakeSecrets(): SecretAdmin & { readonly kept: Map<string, string> } {
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
