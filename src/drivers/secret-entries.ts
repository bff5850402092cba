import type { EnvEntry } from '../manifest/index.ts';
import type { SecretResolver } from '../reconcile/ports.ts';

/** env[] or headers[] as name and value. Where both a value and a secretRef stand, the secret wins (manifest.md). Throws ClarityError SecretNotFound. */
export async function resolveEntries(
  entries: readonly EnvEntry[],
  resolver: SecretResolver,
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const { name, value, secretRef } of entries) {
    if (secretRef !== undefined) values[name] = await resolver.resolve(secretRef);
    else if (value !== undefined) values[name] = value;
  }
  return values;
}
