/** What stands in place of a secret. */
export const MASK = '[redacted]';

/** Values remembered, the oldest forgotten first; shorter ones would hide ordinary words. */
const MAX_VALUES = 2000;
const MIN_LENGTH = 4;
/** A line of a longer secret (a key file) is a secret of its own from here on: logs come line by line. */
const MIN_LINE_LENGTH = 8;

/** Secrets by their looks. The first group, where there is one, is kept. No pattern can backtrack over more than its own match. */
const LOOKS: readonly RegExp[] = [
  /(\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:bearer|basic|token)\s{1,3})?)[^\s"',;]+/gi,
  /(\bbearer\s{1,3})(?=[a-z._~+/=-]{0,200}\d)[\w.~+/=-]{8,}/gi,
  /\b(?:sk|pk|rk)[-_][\w-]{16,}/g,
  /\b(?:gh[pousr]_|github_pat_|xox[abeprs]-|glpat-)[\w-]{16,}/g,
  /\bAKIA[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /((?:token|password|passwd|secret|api[_-]?key|access[_-]?key)["']?=["']?)[^\s"'&,;]+/gi,
  /("(?:[\w-]{0,40}(?:token|password|passwd|secret|api[_-]?key|access[_-]?key))"\s{0,3}:\s{0,3}")[^"]+/gi,
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,200}:)[^\s/@]+(?=@)/gi,
];

/** Takes secrets out of texts: the values it has been told of, wherever they stand, and what looks like one. */
export class Redactor {
  readonly #values = new Set<string>();
  #known: RegExp | undefined;

  /** Remembers a value, also as it stands inside JSON or a URL, and each longer line of it. Fewer than 4 characters are not remembered. */
  learn(value: string): void {
    const bare = value.replace(/^bearer /i, '');
    const lines = value.split(/\r?\n/).filter((line) => line.length >= MIN_LINE_LENGTH);
    for (const text of [value, value.trim(), bare, ...lines])
      for (const form of [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(Buffer.from(text).toString())])
        this.#remember(form);
  }

  /** The text with `[redacted]` for each secret. */
  redact(text: string): string {
    this.#known ??= this.#compile();
    const known = this.#known === undefined ? text : text.replace(this.#known, MASK);
    return LOOKS.reduce(
      (result, looks) => result.replace(looks, (_, kept: unknown) => (typeof kept === 'string' ? kept : '') + MASK),
      known,
    );
  }

  #remember(value: string): void {
    if (value.length < MIN_LENGTH) return;
    // Taken out and put back: a value that is still in use stays young.
    if (!this.#values.delete(value)) this.#known = undefined;
    this.#values.add(value);
    for (const oldest of this.#values) {
      if (this.#values.size <= MAX_VALUES) break;
      this.#values.delete(oldest);
    }
  }

  /** Longest first, so that a secret which begins with another one goes as a whole. */
  #compile(): RegExp | undefined {
    if (this.#values.size === 0) return undefined;
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
  }
}
