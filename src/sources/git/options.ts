import type { LastGoodStore, SecretResolver } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DefaultLimits } from '../../shared/limits.ts';
import type { KeptParses } from '../parse-cache.ts';

/** What a git source is told: GitSourceConfig, and what it works with. */
export interface GitSourceOptions {
  readonly name: string;
  /** https, http, ssh (also `user@host:path`), file or a path. Without a password. */
  readonly url: string;
  /** A branch, a tag or a whole sha; undefined: the remote's HEAD. */
  readonly ref?: string;
  /** The folder of the manifests in the repository; `.` is its root. */
  readonly path: string;
  /** Between two looks at the remote, ten percent more or less; failures make it longer. */
  readonly intervalMs: number;
  /** Only commits that one of these may sign are run; absolute path of an SSH allowed signers file. */
  readonly verify?: { readonly mode: 'head'; readonly allowedSigners: string };
  /** A token, or `user:password`, for https; for ssh a private key or the absolute path of one. */
  readonly secretRef?: string;
  readonly allowPush: boolean;
  readonly prune: boolean;
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
