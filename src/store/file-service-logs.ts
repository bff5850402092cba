import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity, LogLine, ServiceLogs, Unsubscribe } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { LogFile } from './log-file.ts';
import { makeStateDir } from './state-dir.ts';

/** Longest text of one line in bytes, most lines of one tail, most followers of one service, and days that a silent file is kept. */
const LIMITS = { lineBytes: 16_384, tail: 10_000, followers: 256, keepMs: 30 * 86_400_000 };

/** An identity is also a file name, so it is held to the pattern of manifest.md once more here. */
const IDENTITY = /^[a-z0-9-]{1,63}$/;

export interface ServiceLogsOptions {
  /** `<state>/logs`. */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Takes secrets out of a text; applied before anything is kept or handed on. */
  readonly redact: (text: string) => string;
}

/** The output of the services as `<folder>/<identity>.jsonl` (reconcile-behaviour §8): appended behind the caller's back, rotated, redacted. */
export class FileServiceLogs implements ServiceLogs {
  readonly #options: ServiceLogsOptions;
  readonly #files = new Map<Identity, LogFile>();
  readonly #followers = new Map<Identity, Set<(line: LogLine) => void>>();

  constructor(options: ServiceLogsOptions) {
    this.#options = options;
    makeStateDir(options.folder);
  }

  /** Never throws for the disk's sake: what cannot be written is logged and lost. */
  append(identity: Identity, stream: LogLine['stream'], text: string): void {
    const { clock, redact, logger } = this.#options;
    const file = this.#file(identity);
    if (file.isFull) return file.lose(); // before any work: a line that is lost anyway must cost nothing
    const line: LogLine = { at: new Date(clock.now()).toISOString(), stream, text: cut(redact(text)) };
    file.append(line);
    for (const listener of [...(this.#followers.get(identity) ?? [])]) {
      try {
        listener(line);
      } catch (error) {
        logger.error('a follower of a log failed', { identity, error });
      }
    }
  }

  /** Oldest first; sees every line appended before. */
  tail(identity: Identity, limit: number): Promise<readonly LogLine[]> {
    return this.#file(identity).tail(Math.min(Math.max(0, Math.floor(limit)), LIMITS.tail));
  }

  /** Throws ClarityError TooManyRequests beyond 256 followers of one service. */
  follow(identity: Identity, listener: (line: LogLine) => void): Unsubscribe {
    const listeners = this.#followers.get(identity) ?? new Set();
    if (listeners.size >= LIMITS.followers)
      throw new ClarityError('TooManyRequests', `${LIMITS.followers} clients already follow the log of ${identity}`);
    // A wrapper of its own, so that one function followed twice is two followers.
    const own = (line: LogLine) => listener(line);
    this.#followers.set(identity, listeners.add(own));
    return () => {
      listeners.delete(own);
      if (listeners.size === 0) this.#followers.delete(identity);
    };
  }

  /** Removes files that nobody has written to for 30 days: services come and go, their logs may not stay for ever. */
  async removeStale(): Promise<void> {
    const { folder, clock } = this.#options;
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path);
      if (name.endsWith('.jsonl') && mtimeMs < clock.now() - LIMITS.keepMs) await rm(path, { force: true });
    }
  }

  /** Writes out what is buffered. */
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.flush()));
  }

  #file(identity: Identity): LogFile {
    const known = this.#files.get(identity);
    if (known !== undefined) return known;
    if (!IDENTITY.test(identity)) throw new ClarityError('BadRequest', 'no service can have that name');
    const { folder, clock, logger } = this.#options;
    const file = new LogFile(join(folder, identity), clock, (error) =>
      logger.error('the log of a service cannot be written', { identity, error }),
    );
    this.#files.set(identity, file);
    return file;
  }
}

/** At most 16 KiB of UTF-8, never half a character. */
function cut(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= LIMITS.lineBytes) return text;
  const kept = new TextDecoder().decode(Buffer.from(text).subarray(0, LIMITS.lineBytes), { stream: true });
  return `${kept}… (${bytes} bytes in all)`;
}
