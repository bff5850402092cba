/** How long a removal counts: a folder that is emptied file by file is a folder that is emptied. */
const WINDOW_MS = 600_000;

/** How many services each source has lost of late by the vanishing of their documents, less those that came since. */
export class PruneLedger {
  /** source -> when, oldest first. */
  readonly #lost = new Map<string, number[]>();

  /** `source` lost `count` services, which nobody confirmed or asked us for. */
  lose(source: string, count: number, now: number): void {
    const times = this.#lost.get(source) ?? [];
    this.#lost.set(source, [...times, ...Array.from({ length: count }, () => now)]);
  }

  /** `source` declares one more service. */
  gain(source: string): void {
    this.#lost.get(source)?.shift();
  }

  /** A person agreed to what is gone. */
  forget(source: string): void {
    this.#lost.delete(source);
  }

  /** source -> its losses of the last ten minutes. */
  lost(now: number): ReadonlyMap<string, number> {
    for (const [source, times] of this.#lost) {
      const recent = times.filter((at) => at > now - WINDOW_MS);
      if (recent.length === 0) this.#lost.delete(source);
      else this.#lost.set(source, recent);
    }
    return new Map([...this.#lost].map(([source, times]) => [source, times.length]));
  }
}
