/**
 * Ids of log lines, which have none of their own: the time of the line, and its number among those of the same millisecond.
 * A reader that comes back with the last id it saw gets what followed.
 */
export class LogCursor {
  readonly #resumeAt: string;
  readonly #resumeCount: number;
  #at = '';
  #count = 0;

  /** `last`: the Last-Event-ID header, `<iso time>/<number>`; anything else starts from the beginning. */
  constructor(last: string | string[] | undefined) {
    const [, at = '', count = '0'] = /^(\d{4}-[\d:.TZ-]+)\/(\d{1,9})$/.exec(typeof last === 'string' ? last : '') ?? [];
    this.#resumeAt = at;
    this.#resumeCount = Number(count);
  }

  /** The id of the next line, whose time is `at`; undefined where the reader has it already. */
  next(at: string): string | undefined {
    this.#count = at === this.#at ? this.#count + 1 : 1;
    this.#at = at;
    const seen = at < this.#resumeAt || (at === this.#resumeAt && this.#count <= this.#resumeCount);
    return seen ? undefined : `${at}/${String(this.#count)}`;
  }
}
