/** Looks that somebody asks for and nobody waits for: one at a time of a source, and one more where somebody asked meanwhile, however many ask. */
export class SourceWishes {
  readonly #look: (source: string) => Promise<void>;
  /** Sources that are looked at now; true where one more look is asked for. */
  readonly #again = new Map<string, boolean>();

  /** `look` never rejects. */
  constructor(look: (source: string) => Promise<void>) {
    this.#look = look;
  }

  ask(source: string): void {
    const begins = !this.#again.has(source);
    this.#again.set(source, true);
    if (begins) void this.#fulfil(source);
  }

  async #fulfil(source: string): Promise<void> {
    while (this.#again.get(source) === true) {
      this.#again.set(source, false);
      await this.#look(source);
    }
    this.#again.delete(source);
  }
}
