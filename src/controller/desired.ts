import { ANNOTATIONS, runHash, type ServiceManifest } from '../manifest/index.ts';
import type { ArtifactState, Desired, DocumentOrigin, SecretResolver, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import { ClarityError } from '../shared/errors.ts';
import type { Entry } from './entry.ts';

export interface DesiredDeps {
  readonly secrets: SecretResolver;
  /** What the files of a local_wasm service give. */
  readonly artifacts: (manifest: ServiceManifest, origin: DocumentOrigin) => Promise<ArtifactState>;
}

/**
 * The desired value of an entry: its manifest with the hash of all that the instance is made of, resolved secrets and the artifact included.
 * A secret that is missing blocks a start; a service that had it keeps its hashes for that generation instead. Where the files give no artifact
 * the last good one stays in force. What the files gave is left in the entry.
 */
export async function makeDesired(entry: Entry, deps: DesiredDeps): Promise<Desired> {
  const { row } = entry;
  const { env, missing } = await resolveEnv(row.manifest, deps.secrets);
  const { artifact, failure } = await lookAtFiles(entry, deps);
  const { generation } = row;
  const fresh = hashesOf(row.manifest, {
    env,
    ...(artifact && { sourceHash: artifact.hash }),
    ...(row.namedFiles !== undefined && { namedFiles: row.namedFiles }),
  });
  if (missing === undefined) entry.resolved = { generation, ...fresh };
  const kept = entry.resolved?.generation === generation ? entry.resolved : undefined;
  const { runHash, originHash } = kept ?? fresh;
  // What the fleet forbids comes first: it also ends what serves.
  const blocked =
    entry.blocked ?? (kept === undefined ? missing : undefined) ?? (artifact === undefined ? failure : undefined);
  const stale = entry.stale ?? (artifact === undefined ? undefined : failure);
  return {
    identity: row.identity,
    generation,
    specHash: row.specHash,
    runHash,
    originHash,
    manifest: row.manifest,
    origin: row.origin,
    ...(artifact === undefined ? {} : { artifact }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(stale === undefined ? {} : { stale }),
  };
}

/** A service that is not to run is not compiled. */
async function lookAtFiles(entry: Entry, { artifacts }: DesiredDeps): Promise<Partial<ArtifactState>> {
  const { manifest, origin } = entry.row;
  const { enabled, autostart } = manifest.spec;
  if (manifest.spec.origin.type !== 'local_wasm' || !enabled || !autostart) {
    delete entry.artifacts;
    return {};
  }
  entry.artifacts = await artifacts(manifest, origin);
  return entry.artifacts;
}

type Hashes = Pick<Desired, 'runHash' | 'originHash'>;

/** Of manifests without secrets: nothing else than the manifest and its source goes in, and a resync asks for them every minute. */
const known = new WeakMap<ServiceManifest, Omit<HashInputs, 'env'> & { readonly hashes: Hashes }>();

type HashInputs = Parameters<typeof runHash>[1];

function hashesOf(manifest: ServiceManifest, inputs: HashInputs): Hashes {
  const { origin } = manifest.spec;
  const before = known.get(manifest);
  const same = before?.sourceHash === inputs.sourceHash && before?.namedFiles === inputs.namedFiles;
  if (before !== undefined && same) return before.hashes;
  const hashes = { runHash: runHash(manifest, inputs), originHash: runHash(withoutRestart(manifest), inputs) };
  const fixed = origin.type === 'remote_mcp' || origin.env.every(({ secretRef }) => secretRef === undefined);
  if (fixed) known.set(manifest, { ...inputs, hashes });
  return hashes;
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
