/** How long things may take and how often they are done, in milliseconds. */
export interface ArtifactLimits {
  /** One compilation of the embedded compiler; after it the thread is replaced. */
  readonly compileMs: number;
  /** One run of an outside compiler; after it its process tree is killed. */
  readonly outsideMs: number;
  /** The thread that compiles is ended when it had no work for so long. */
  readonly idleMs: number;
  /** A failure that no file is the cause of (a compiler that is not there) is tried again after this. */
  readonly retryMs: number;
  /** An editor writes a file in several steps: they count as one change. */
  readonly settleMs: number;
  /** Between two looks at folders that the system does not watch for us; at all others it is looked 15 times as seldom. */
  readonly pollMs: number;
  /** From a change to the look for artifacts that nobody needs any more. */
  readonly pruneMs: number;
}

export const DEFAULT_LIMITS: ArtifactLimits = {
  compileMs: 60_000,
  outsideMs: 120_000,
  idleMs: 30_000,
  retryMs: 300_000,
  settleMs: 50,
  pollMs: 2000,
  pruneMs: 60_000,
};
