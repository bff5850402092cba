import { constants, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../../shared/errors.ts';
import type { StdinReader } from '../../wasm-host/environment.ts';

const CHUNK = 65_536;
const LINE_FEED = 10;
/** How long to sleep where nothing is there yet. */
const PAUSE_MS = 5;

/** Standard input for a program in wasm, which cannot wait for events: reads the descriptor itself, and blocks the thread. */
export class BlockingInput implements StdinReader {
  readonly #descriptor: number;
  readonly #now: () => number;
  #pending: Buffer = Buffer.alloc(0);
  #closed = false;

  /** `now` gives milliseconds. */
  constructor(descriptor: number, now: () => number) {
    this.#descriptor = descriptor;
    this.#now = now;
  }

  get ended(): boolean {
    return this.#closed && this.#pending.length === 0;
  }

  readLine(): string | undefined {
    return this.tryReadLine(Infinity);
  }

  readAll(): string {
    const chunks = [this.#pending];
    for (let chunk = this.#read(Infinity); chunk !== undefined; chunk = this.#read(Infinity)) chunks.push(chunk);
    this.#pending = Buffer.alloc(0);
    return Buffer.concat(chunks).toString('utf8');
  }

  tryReadLine(timeoutMs: number): string | undefined {
    const until = this.#now() + timeoutMs;
    for (let searched = 0; ;) {
      const end = this.#pending.indexOf(LINE_FEED, searched);
      if (end >= 0) return this.#take(end, end + 1);
      searched = this.#pending.length;
      const chunk = this.#read(until);
      if (chunk !== undefined) this.#pending = Buffer.concat([this.#pending, chunk]);
      else if (!this.#closed || this.#pending.length === 0) return undefined;
      else return this.#take(searched, searched);
    }
  }

  #take(end: number, next: number): string {
    const line = this.#pending.toString('utf8', 0, end);
    this.#pending = this.#pending.subarray(next);
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  /** What has come; undefined at the end of the input, and where nothing has come in time. */
  #read(until: number): Buffer | undefined {
    while (!this.#closed) {
      const chunk = Buffer.alloc(CHUNK);
      try {
        const length = readSync(this.#descriptor, chunk);
        if (length > 0) return chunk.subarray(0, length);
        this.#closed = true;
      } catch (error) {
        const code = errorCode(error);
        if (code === 'EOF') this.#closed = true;
        else if (code !== 'EAGAIN') throw error;
        else if (this.#now() >= until) return undefined;
        else sleep(PAUSE_MS);
      }
    }
    return undefined;
  }
}

/**
 * Standard input as a descriptor that does not block, where the system can give one: then `stdin_try_read` keeps its time limit.
 * A file is read through the descriptor that we were given, since it remembers how far others have read.
 */
export function openStdin(): number {
  const kind = fstatSync(0);
  if (!kind.isFIFO() && !kind.isCharacterDevice()) return 0;
  try {
    return openSync('/dev/stdin', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // No such device on this system: reading blocks, whatever the time limit.
    return 0;
  }
}

/** Blocks the thread. */
export function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
