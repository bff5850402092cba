import { appendFile, open, rename, type FileHandle } from 'node:fs/promises';
import type { LogLine } from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { LineBuffer } from './line-buffer.ts';
import { readTail } from './read-tail.ts';

/** Bytes of one file before it becomes the old one; two are kept. How long a line may wait for its write, and in a flood. */
const LIMITS = { fileBytes: 4 * 1_048_576, delayMs: 50, floodMs: 2000 };

/**
 * The log of one service: `<base>.jsonl`, and `<base>.1.jsonl` which it was before. Everything that touches the files goes through
 * one chain, so that appends keep their order and a tail never meets a rotation.
 */
export class LogFile {
  readonly #current: string;
  readonly #old: string;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #buffer = new LineBuffer();
  #chain: Promise<unknown> = Promise.resolve();
  #timer: Cancel | undefined;
  /** Bytes in the current file; undefined until it has been looked at. */
  #size: number | undefined;

  constructor(base: string, clock: Clock, onError: (error: unknown) => void) {
    this.#current = `${base}.jsonl`;
    this.#old = `${base}.1.jsonl`;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Lines come faster than they are written: what is appended now is lost. */
  get isFull(): boolean {
    return this.#buffer.isFull;
  }

  append(line: LogLine): void {
    this.#buffer.push(line);
    this.#timer ??= this.#clock.after(this.#buffer.flooded ? LIMITS.floodMs : LIMITS.delayMs, () => void this.flush());
  }

  /** Counts a line that is not kept; the log will say how many. */
  lose(): void {
    this.#buffer.lose();
  }

  /** Resolves when all that was appended before is in the file, or reported as lost. */
  flush(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    return this.#next(() => this.#write());
  }

  async tail(limit: number): Promise<readonly LogLine[]> {
    await this.flush();
    return this.#next(() => readTail([this.#current, this.#old], limit));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#chain.then(work);
    this.#chain = result.catch(this.#onError);
    return result;
  }

  async #write(): Promise<void> {
    const text = this.#buffer.take(new Date(this.#clock.now()).toISOString());
    if (text === '') return;
    try {
      this.#size ??= await prepare(this.#current);
      if (this.#size > 0 && this.#size + Buffer.byteLength(text) > LIMITS.fileBytes) {
        await rename(this.#current, this.#old);
        this.#size = 0;
      }
      await appendFile(this.#current, text, { mode: 0o600 });
      this.#size += Buffer.byteLength(text);
    } catch (error) {
      this.#size = undefined;
      this.#onError(error);
    }
  }
}

/** The size of the file; a last line that a kill -9 tore is ended first, so that it spoils only itself. */
async function prepare(path: string): Promise<number> {
  const file: FileHandle = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    if (size === 0 || last.toString() === '\n') return size;
    await file.appendFile('\n');
    return size + 1;
  } finally {
    await file.close();
  }
}
