import type { EnvEntry } from '../manifest/index.ts';
import type { SecretResolver } from '../reconcile/ports.ts';

/** env[] or headers[] with their values, and which of these are secret. */
export interface ResolvedEntries {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** Where both a value and a secretRef stand, the secret wins (manifest.md). Throws ClarityError SecretNotFound. */
export async function resolveEntries(entries: readonly EnvEntry[], resolver: SecretResolver): Promise<ResolvedEntries> {
  const values: Record<string, string> = {};
  const secrets: string[] = [];
  for (const { name, value, secretRef } of entries) {
    if (secretRef !== undefined) secrets.push((values[name] = await resolver.resolve(secretRef)));
    else if (value !== undefined) values[name] = value;
  }
  return { values, secrets };
}

/** Text with the secrets that we know of made unreadable; very short ones are left, they would eat the text. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
