import type { LastGoodStore, SecretResolver } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DefaultLimits } from '../../shared/limits.ts';
import type { GitSourceConfig } from '../../shared/source-config.ts';
import type { KeptParses } from '../parse-cache.ts';

/** What a git source is told, and what it works with. */
export interface GitSourceOptions extends Omit<GitSourceConfig, 'kind'> {
  readonly clock: Clock;
  /** The mirror lies below `git/` of it, the files of revisions below `sources/`. */
  readonly stateDir: string;
  /** Of the state directory: with the source's name the mark of its processes. */
  readonly stateHash: string;
  readonly secrets: SecretResolver;
  readonly lastGood: LastGoodStore;
  /** Where parses outlive the process; without it every start parses everything. */
  readonly parsed?: Omit<KeptParses, 'source'>;
  /** Defaults of the manifests' own limits. */
  readonly limits?: DefaultLimits;
  /** The daemon's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What an operator should know. One line, without secrets. */
  readonly warn?: (message: string) => void;
  /** Called after every look at the remote, whether or not it gave a new snapshot. */
  readonly onLooked?: (complete: boolean) => void;
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
}
