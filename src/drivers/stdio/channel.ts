import type { Writable } from 'node:stream';
import type { Child } from '../../process/index.ts';
import type { Clock } from '../../shared/clock.ts';
import { parseExact } from '../../shared/exact-json.ts';
import { RPC, RpcError, type RpcMessage } from '../../shared/json-rpc.ts';
import { encodeMessage, type Channel, type ChannelListener } from '../channel.ts';
import { readFairly } from '../read-fairly.ts';
import { LineSplitter } from '../../shared/line-splitter.ts';

/** How long an end of stdout may come before the exit that explains it. */
const EXIT_LAG_MS = 1000;

export interface StdioChannelOptions {
  readonly clock: Clock;
  /** Of one message, in either direction. */
  readonly maxPayloadBytes: number;
  /** A line of stdout that is no message; `nth` counts them. */
  readonly onNoise: (text: string, nth: number) => void;
}

/** MCP over the pipes of a child: one JSON value a line (mcp-gateway §2.2). Noise on stdout is reported and skipped. */
export class StdioChannel implements Channel {
  readonly #child: Child;
  readonly #options: StdioChannelOptions;
  #listener: ChannelListener | undefined;
  /** Writes wait for one another, so that at most one message stands in the pipe's buffer beyond its mark. */
  #lastWrite: Promise<unknown> = Promise.resolve();
  #noise = 0;

  constructor(child: Child, options: StdioChannelOptions) {
    this.#child = child;
    this.#options = options;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    const { stdin, stdout, exited } = this.#child;
    const lines = new LineSplitter(this.#options.maxPayloadBytes, {
      line: (text) => this.#onLine(text),
      tooLong: (head) => this.#onNoise(`${head}… (longer than maxPayloadBytes, dropped)`),
    });
    readFairly(stdout, (chunk) => lines.push(chunk));
    stdout.once('end', () => {
      lines.end();
      this.#options.clock.after(EXIT_LAG_MS, () => listener.closed('the server closed its stdout'));
    });
    stdin.once('close', () =>
      this.#options.clock.after(EXIT_LAG_MS, () => listener.closed('the server closed its stdin')),
    );
    void exited.then(({ code, signal }) => listener.closed(`the server ended (${renderExit(code, signal)})`));
  }

  async send(message: RpcMessage, signal: AbortSignal): Promise<void> {
    const line = `${encodeMessage(message, this.#options.maxPayloadBytes)}\n`;
    const write = this.#lastWrite.then(() => writeLine(this.#child.stdin, line, signal));
    this.#lastWrite = write.catch(() => undefined); // its own caller hears of it
    await write;
  }

  #onLine(text: string): void {
    const value = parseObject(text);
    if (value === undefined) this.#onNoise(text);
    else this.#listener?.message(value);
  }

  #onNoise(text: string): void {
    this.#noise += 1;
    this.#options.onNoise(text, this.#noise);
  }
}

/** An object or array; undefined for any other text. Looks before it parses: an exception a line is dear in a flood. */
function parseObject(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return parseExact(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `exit code 1` or `killed by SIGKILL`. */
function renderExit(code: number | null, signal: string | null): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `killed by ${signal}`;
}

/** Waits while the pipe is full; resolves when the line is handed to it. */
async function writeLine(stdin: Writable, line: string, signal: AbortSignal): Promise<void> {
  if (stdin.writableNeedDrain) await drained(stdin, signal);
  if (signal.aborted || !stdin.writable)
    throw new RpcError(RPC.unavailable, 'the server takes no more input', { sent: false });
  stdin.write(line);
}

/** Resolves when there is room again, or when there never will be. */
function drained(stdin: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stdin.off('drain', done);
      stdin.off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    stdin.once('drain', done);
    stdin.once('close', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
