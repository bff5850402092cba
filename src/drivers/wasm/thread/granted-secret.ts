import { oneLine } from '../../../shared/text.ts';
import type { Refusals } from './refusals.ts';

/**
 * What `get_secret` answers: the granted values. Another name is audited; it ends the call where the manifest says what is granted, and is None
 * where an original manifest says nothing.
 */
export function grantedSecret(
  values: Readonly<Record<string, string>>,
  declared: boolean,
  refusals: Refusals,
): (name: string) => string | undefined {
  return (name) => {
    if (Object.hasOwn(values, name)) return values[name];
    const shown = oneLine(name, 100);
    const message = `The program asked for the secret \`${shown}\`, which it is not granted.`;
    const add = declared
      ? `spec.origin.capabilities.secrets: [${shown}] and spec.origin.env: [{name: ${shown}, secretRef: …}]`
      : `spec.origin.env: [{name: ${shown}, secretRef: …}]`;
    if (declared) refusals.end({ need: 'secrets', message, add });
    refusals.say({ need: 'secrets', message, add });
    return undefined;
  };
}
