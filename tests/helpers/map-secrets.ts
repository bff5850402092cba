import type { SecretResolver } from '../../src/reconcile/ports.ts';
import { ClarityError } from '../../src/shared/errors.ts';

/** Secrets that a test sets and takes away; there are no headers. */
export function mapSecrets(values: ReadonlyMap<string, string>): SecretResolver {
  return {
    resolve: (ref) => {
      const value = values.get(ref);
      return value === undefined
        ? Promise.reject(new ClarityError('SecretNotFound', `${ref} is not set`))
        : Promise.resolve(value);
    },
    resolveHeader: () => Promise.reject(new ClarityError('SecretNotFound', 'none')),
  };
}
