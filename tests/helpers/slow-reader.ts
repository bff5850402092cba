import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** Reads a stream of events only when it is told to: what it leaves fills the buffers on the way to it. */
export class SlowReader {
  readonly #response: IncomingMessage;
  readonly #parser;
  readonly #decoder = new TextDecoder();
  lastEventId = '';

  private constructor(response: IncomingMessage, onEvent: (event: EventSourceMessage) => void) {
    this.#response = response;
    this.#parser = createParser({
      onEvent: (event) => {
        this.lastEventId = event.id ?? this.lastEventId;
        onEvent(event);
      },
    });
    // How it was cut off is of no interest.
    response.on('error', () => undefined);
  }

  /** Resolves when the headers are there. Rejects where the answer is no stream. */
  static async open(
    url: string,
    { body, ...options }: { method: string; headers: Record<string, string>; body?: string },
    onEvent: (event: EventSourceMessage) => void = () => undefined,
  ): Promise<SlowReader> {
    const sent = request(url, { ...options, agent: false });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) throw new Error(`answered ${String(response.statusCode)}`);
    return new SlowReader(response, onEvent);
  }

  get isOver(): boolean {
    return this.#response.closed;
  }

  /** Takes what one buffer holds. */
  sip(): void {
    const bytes = this.#response.read() as Buffer | null;
    if (bytes !== null) this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Takes all that is still on the way, until the stream is over. */
  async drain(): Promise<void> {
    if (this.isOver) return;
    const over = new Promise((resolve) => this.#response.once('close', resolve));
    this.#response.on('data', (bytes: Buffer) => this.#parser.feed(this.#decoder.decode(bytes, { stream: true })));
    await over;
  }

  close(): void {
    this.#response.destroy();
  }
}
