import { Bell, type Patience } from '../bell.ts';
import type { Closeable } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';
import type { EventStream } from '../sse/event-stream.ts';

const MAX_STREAMS = 16;

/** What `mux_next` gives as JSON: an event of a stream, or that a stream has ended, with the reason where it broke. */
interface MuxEvent {
  readonly id: string;
  readonly event: string;
  readonly ended: boolean;
  readonly error: string;
}

/** Several event streams that are waited for together. Nobody is first for ever: a stream that gave something goes to the back. */
export class Mux implements Closeable {
  readonly #bell = new Bell();
  readonly #streams = new Map<string, EventStream>();

  /** Begins a stream; another one of this id is closed. Throws PlainFailure where it is full. */
  add(id: string, open: (bell: Bell) => EventStream): void {
    this.remove(id);
    if (this.#streams.size >= MAX_STREAMS) throw new PlainFailure(`A mux holds at most ${MAX_STREAMS} streams.`);
    this.#streams.set(id, open(this.#bell));
  }

  /** Closes a stream; nothing more of it is heard. */
  remove(id: string): void {
    this.#streams.get(id)?.close();
    this.#streams.delete(id);
  }

  next(patience: Patience): Promise<MuxEvent | undefined> {
    return this.#bell.until(() => this.#take(), patience);
  }

  close(): void {
    for (const id of [...this.#streams.keys()]) this.remove(id);
  }

  #take(): MuxEvent | undefined {
    for (const [id, stream] of this.#streams) {
      const event = stream.take();
      if (event === undefined && !stream.ended) continue;
      this.#streams.delete(id);
      if (event === undefined) return { id, event: '', ended: true, error: stream.failure ?? '' };
      this.#streams.set(id, stream);
      return { id, event, ended: false, error: '' };
    }
    return undefined;
  }
}
