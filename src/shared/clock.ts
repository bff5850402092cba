/** Stops a timer; calling it twice is harmless. */
export type Cancel = () => void;

/**
 * The only way that code above the pure rooms learns the time or waits for it,
 * so that tests can turn the hands. The real one is made in the composition roots.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `fn` once after `delayMs` (at least 0); the timer never keeps the process alive. */
  after(delayMs: number, fn: () => void): Cancel;
}
