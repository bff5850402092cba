import type { ArtifactState } from '../../src/reconcile/ports.ts';

/** What good files give. */
export function artifactOf(hash: string): ArtifactState {
  return { artifact: { hash, path: `/cache/${hash}.wasm`, asks: [] }, diagnostics: [] };
}

/** What a file with an error gives; `hash` is the last good one. */
export function brokenArtifact(hash?: string): ArtifactState {
  const text = 'error[E101] a.clarity:1:4\n  broken';
  return {
    ...(hash === undefined ? {} : { artifact: artifactOf(hash).artifact! }),
    failure: { reason: 'CompileFailed', message: 'a.clarity:1:4: broken' },
    diagnostics: [
      { severity: 'error', code: 'E101', name: 'a', file: 'a.clarity', line: 1, column: 4, message: 'broken', text },
    ],
  };
}
