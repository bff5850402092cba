import type { ArtifactService } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';

export interface ArtifactsDeps {
  readonly clock: Clock;
  /** Absolute: the cache, `<state>/build`. Made when it is first needed. */
  readonly folder: string;
  /** The absolute folder that relative paths of a source's manifests are relative to. */
  readonly workspaceOf: (source: string) => string;
  /** The daemon's environment, out of which an outside compiler gets the allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** CLARITYC_BIN: the compiler where a manifest names none; undefined: the embedded one. */
  readonly compilerBin: string | undefined;
  /** Names the state directory in the mark that children carry. */
  readonly stateHash: string;
}

/** Makes the service; nothing is read, watched or started before the first `resolve`. */
export function createArtifacts(deps: ArtifactsDeps): ArtifactService {
  const none = () => Promise.reject(new Error(`to be written: ${deps.folder}`));
  return {
    resolve: none,
    preview: none,
    onChange: () => () => undefined,
    forget: () => undefined,
    cleanUp: none,
    close: () => Promise.resolve(),
  };
}
