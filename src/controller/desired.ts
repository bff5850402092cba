import { ANNOTATIONS, runHash, type ServiceManifest } from '../manifest/index.ts';
import type { Desired, SecretResolver, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import { ClarityError } from '../shared/errors.ts';
import type { Entry } from './entry.ts';

/**
 * The desired value of an entry: its manifest with the hash of all that the instance is made of, resolved secrets included.
 * A secret that is missing blocks a start; a service that had it keeps its hashes for that generation instead.
 */
export async function makeDesired(entry: Entry, secrets: SecretResolver): Promise<Desired> {
  const { row } = entry;
  const { env, missing } = await resolveEnv(row.manifest, secrets);
  const last = entry.desired;
  const keeps =
    missing !== undefined && last?.generation === row.generation && last.blocked?.reason !== 'SecretNotFound';
  const hashes = keeps
    ? { runHash: last.runHash, originHash: last.originHash }
    : { runHash: runHash(row.manifest, { env }), originHash: runHash(withoutRestart(row.manifest), { env }) };
  const blocked = keeps ? entry.blocked : (missing ?? entry.blocked);
  return {
    identity: row.identity,
    generation: row.generation,
    specHash: row.specHash,
    ...hashes,
    manifest: row.manifest,
    origin: row.origin,
    ...(blocked === undefined ? {} : { blocked }),
    ...(entry.stale === undefined ? {} : { stale: entry.stale }),
  };
}

async function resolveEnv(
  manifest: ServiceManifest,
  secrets: SecretResolver,
): Promise<{ env: Record<string, string>; missing?: Why }> {
  const { origin } = manifest.spec;
  const env: Record<string, string> = {};
  if (origin.type === 'remote_mcp') return { env };
  for (const { name, value, secretRef } of origin.env) {
    try {
      env[name] = secretRef === undefined ? (value ?? '') : await secrets.resolve(secretRef);
    } catch (error) {
      if (error instanceof ClarityError && error.code === 'SecretNotFound')
        return { env, missing: because('SecretNotFound', `spec.origin.env ${name}: ${error.message}`) };
      throw error;
    }
  }
  return { env };
}

function withoutRestart(manifest: ServiceManifest): ServiceManifest {
  const { [ANNOTATIONS.restartedAt]: _restartedAt, ...annotations } = manifest.metadata.annotations;
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
