import type { Clock } from '../../../../shared/clock.ts';
import type { Closeable } from '../operation.ts';
import type { EventStream } from '../sse/event-stream.ts';
import type { StreamStep } from './wire-format.ts';

export interface TokenStreamOptions {
  readonly events: EventStream;
  /** Who answers, at the start of a sentence. */
  readonly host: string;
  readonly step: (data: string) => StreamStep | undefined;
  /** Makes the provider's words fit to be shown. */
  readonly shown: (text: string) => string;
}

/** A model's answer as it comes. */
export class TokenStream implements Closeable {
  readonly #options: TokenStreamOptions;
  /** Why there is no more: empty where the answer is whole. */
  #end: string | undefined;

  constructor(options: TokenStreamOptions) {
    this.#options = options;
  }

  /** What went wrong so far, as a sentence; empty where nothing did. */
  get failure(): string {
    return this.#end ?? '';
  }

  /** The next piece; undefined at the end, also where nothing comes for `patienceMs`. */
  async next(clock: Clock, patienceMs: number, signal: AbortSignal): Promise<string | undefined> {
    const { events, host, step, shown } = this.#options;
    while (this.#end === undefined) {
      const data = await events.next({ clock, ms: BigInt(patienceMs), signal });
      if (data === undefined) {
        const silent = `${host} sent nothing for ${patienceMs / 1000} seconds.`;
        const cut = events.failure ?? `${host} ended the stream before the answer was whole.`;
        this.#finish(events.ended ? cut : silent);
        break;
      }
      const { token = '', failure, done } = step(data) ?? {};
      if (failure !== undefined) this.#finish(`${host} broke off: ${shown(failure)}`);
      if (done === true) this.#finish('');
      if (token !== '') return token;
    }
    return undefined;
  }

  close(): void {
    this.#options.events.close();
  }

  #finish(why: string): void {
    this.#end ??= why;
    this.#options.events.close();
  }
}
