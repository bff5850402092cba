import type { SourceSpec } from '../../src/manifest/index.ts';
import type { Source } from '../../src/reconcile/ports.ts';
import { LiveSources } from '../../src/sources/source-set.ts';

/** Sources as flags give them; `make` gives those of Source documents. */
export function fixedSources(
  fixed: readonly Source[],
  make: (name: string, spec: SourceSpec) => Source = (name) => {
    throw new Error(`nobody expected source ${name}`);
  },
): LiveSources {
  return new LiveSources({ fixed, make, workspace: '/w', warn: () => undefined });
}
