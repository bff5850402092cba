/** Lets the questions of one key follow one another, in the order in which they came. */
export class QuestionTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs `work` when all earlier ones of the key are done; undefined, without running it, where the signal fires before. */
  async take<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
    const before = this.#last.get(key) ?? Promise.resolve();
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const done = before.then(() => left);
    this.#last.set(key, done);
    try {
      await Promise.race([before, fired(signal)]);
      return signal.aborted ? undefined : await work();
    } finally {
      leave();
      void done.then(() => {
        if (this.#last.get(key) === done) this.#last.delete(key);
      });
    }
  }
}

/** The signal must be short-lived: the listener stays. */
function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
