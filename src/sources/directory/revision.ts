import { createHash } from 'node:crypto';

/**
 * `dir@sha256:<hex>` of the sorted (path, content hash) pairs: equal folders have equal revisions, whatever the order or the time
 * they were read in (reconcile-behaviour §2).
 */
export function directoryRevision(files: Iterable<readonly [path: string, hash: string]>): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const lines = sorted.map((pair) => `${JSON.stringify(pair)}\n`).join('');
  return `dir@sha256:${createHash('sha256').update(lines).digest('hex')}`;
}
