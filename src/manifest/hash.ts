import { createHash } from 'node:crypto';
import { canonicalJson } from '../shared/canonical-json.ts';
import { ANNOTATIONS, type Document, type ServiceManifest } from './types.ts';

/** `sha256:<hex>` of the bytes of a file. */
export function contentHash(text: string): string {
  return sha256(text);
}

/** What the generation follows (manifest.md, generation): the defaulted document without what only people and tools read. */
export function specHash(document: Document): string {
  const { metadata, ...rest } = document;
  const { restartedAt, unquarantinedAt } = ANNOTATIONS;
  const identity = Object.entries(metadata).filter(([field]) => !UNHASHED.has(field));
  return sha256(
    canonicalJson({
      ...rest,
      metadata: Object.fromEntries(identity),
      restartedAt: metadata.annotations[restartedAt],
      unquarantinedAt: metadata.annotations[unquarantinedAt],
    }),
  );
}

const UNHASHED: ReadonlySet<string> = new Set([
  'labels',
  'annotations',
  'displayName',
  'version',
  'createdAt',
  'updatedAt',
]);

/** What alone replaces a running instance (manifest.md, runHash). */
export function runHash(
  manifest: ServiceManifest,
  inputs: {
    /** Every resolved value that the instance gets: env entries, headers, the secret behind authRef. */
    readonly env: Readonly<Record<string, string>>;
    /** Hash of the content of sourceFile, where the reconciler compiles it. */
    readonly sourceHash?: string;
    /** Of git: what the files are that its command, args and cwd name (SnapshotDocument.namedFiles). */
    readonly namedFiles?: string;
  },
): string {
  const { metadata, spec } = manifest;
  return sha256(
    canonicalJson({
      origin: spec.origin,
      artifactSha256: metadata.artifactSha256,
      restartedAt: metadata.annotations[ANNOTATIONS.restartedAt],
      env: inputs.env,
      sourceHash: inputs.sourceHash,
      namedFiles: inputs.namedFiles,
    }),
  );
}

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
