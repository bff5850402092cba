import { createHash } from 'node:crypto';

/**
 * `dir@sha256:<hex>` of the sorted (path, content hash) pairs: equal folders have equal revisions, whatever the order or the time
 * they were read in (reconcile-behaviour §2).
 */
export function directoryRevision(files: Iterable<readonly [path: string, hash: string]>): string {
  const digest = createHash('sha256');
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const pair of sorted) digest.update(`${JSON.stringify(pair)}\n`);
  return `dir@sha256:${digest.digest('hex')}`;
}
