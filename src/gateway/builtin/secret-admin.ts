import type { SecretAdmin } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { BuiltinDeps } from './tool.ts';

/** Throws where this daemon administers no secrets. */
export function secretAdmin({ secrets }: BuiltinDeps): SecretAdmin {
  if (secrets !== undefined) return secrets;
  throw new ClarityError('NotReady', 'secrets are not administered by this daemon');
}
