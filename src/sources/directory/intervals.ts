/** Every waiting time of the snapshot protocol, in milliseconds (reconcile-behaviour §6.3). */
export interface Intervals {
  /** Without a signal before a changed folder is read. */
  readonly quietMs: number;
  /** Between the two equal stats that a changed file needs; the first is taken at the event, so that the quiet time covers it. */
  readonly stableMs: number;
  /** The same for content that looks half written (stable-read.ts). */
  readonly doubtMs: number;
  /** After which a restless folder is read all the same. */
  readonly maxWaitMs: number;
  /** For which git may hold its lock before the source says SourceBusy. */
  readonly busyMs: number;
  readonly lockPollMs: number;
  /** A lock older than this was left behind: it is ignored. */
  readonly staleLockMs: number;
  /** Between the two complete scans that prove a document gone. */
  readonly confirmMs: number;
  readonly rescanMs: number;
  /** Between rescans while the watcher is not to be trusted. */
  readonly pollMs: number;
}

/** What the daemon runs with; tests shorten some. */
export const INTERVALS: Intervals = {
  quietMs: 250,
  stableMs: 100,
  doubtMs: 500,
  maxWaitMs: 5000,
  busyMs: 2000,
  lockPollMs: 50,
  staleLockMs: 600_000,
  confirmMs: 1000,
  rescanMs: 30_000,
  pollMs: 2000,
};
