import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import { pause } from '../shared/pause.ts';
import { within } from '../shared/within.ts';
import { resolveCommand } from './command.ts';
import { deathSignalPrefix } from './death-signal.ts';
import { INSTANCE_MARK, RUN_MARK } from './marks.ts';
import { ProcessTree } from './process-tree.ts';

/** How long a child may take to end by itself once its stdin is closed (reconcile-behaviour §5, Stop). */
const EOF_MS = 2000;
/** How long the kernel may take to end a tree after SIGKILL before we say that it cannot be ended. */
const KILL_MS = 10_000;
/** How long the last output of an ended child is waited for while a descendant holds its pipes. */
const LAST_OUTPUT_MS = 500;

export interface SpawnRequest {
  /** A name for PATH (of `env`), or a path relative to `cwd`. */
  readonly command: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** The whole environment (childEnvironment); our marks are added. */
  readonly env: Readonly<Record<string, string>>;
  /** `<state hash>:<identity>`, for sweepOrphans. */
  readonly instance: string;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly atMs: number;
}

/** A running child process and the only way to end it. */
export interface Child {
  readonly pid: number;
  readonly startedAtMs: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How the child itself ended, after its last output was read; descendants may live on. Never rejects. */
  readonly exited: Promise<ChildExit>;
  /**
   * Ends the whole tree: end of stdin, 2 s, SIGTERM, `graceMs`, SIGKILL; with `graceMs` 0 at once. Resolves when nothing of it is left.
   * A second call joins the first, and 0 hurries it. Throws ClarityError Internal where the kernel does not let go of a process.
   */
  stop(graceMs: number): Promise<void>;
}

/**
 * The one way to start a program: argument array, no shell, its own process group, a given environment, killed when this process dies.
 * Throws ClarityError CommandNotFound, or StartFailed where the folder is missing or the system refuses.
 */
export async function spawnChild(request: SpawnRequest, clock: Clock): Promise<Child> {
  const { cwd, env } = request;
  const folder = await stat(cwd).catch(() => undefined); // unreadable is as bad as missing
  if (folder?.isDirectory() !== true) throw new ClarityError('StartFailed', `the working folder ${cwd} does not exist`);
  const command = await resolveCommand(request.command, cwd, env.PATH);
  const [file = command, ...args] = [...(await deathSignalPrefix()), command, ...request.args];
  const run = randomUUID();
  try {
    const handle = spawn(file, args, {
      cwd,
      env: { ...env, [INSTANCE_MARK]: request.instance, [RUN_MARK]: run },
      detached: true,
      shell: false,
      stdio: 'pipe',
    });
    await once(handle, 'spawn');
    return new SpawnedChild(handle, run, clock);
  } catch (error) {
    throw new ClarityError('StartFailed', `${request.command} could not be started: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

class SpawnedChild implements Child {
  readonly pid: number;
  readonly startedAtMs: number;
  readonly exited: Promise<ChildExit>;
  readonly #handle: ChildProcessWithoutNullStreams;
  readonly #tree: ProcessTree;
  readonly #clock: Clock;
  #stopping: Promise<void> | undefined;

  constructor(handle: ChildProcessWithoutNullStreams, run: string, clock: Clock) {
    this.pid = handle.pid ?? 0;
    this.startedAtMs = clock.now();
    this.#handle = handle;
    this.#clock = clock;
    this.#tree = new ProcessTree(this.pid, run);
    // A broken pipe is no event of its own: the exit, or the silence behind it, tells.
    for (const pipe of this.#pipes) pipe.on('error', () => undefined);
    this.exited = this.#watchExit();
  }

  get stdin(): Writable {
    return this.#handle.stdin;
  }
  get stdout(): Readable {
    return this.#handle.stdout;
  }
  get stderr(): Readable {
    return this.#handle.stderr;
  }

  get #pipes(): readonly (Readable | Writable)[] {
    return [this.stdin, this.stdout, this.stderr];
  }

  async stop(graceMs: number): Promise<void> {
    if (graceMs === 0) await this.#tree.signal('SIGKILL');
    const first = this.#stopping === undefined;
    this.#stopping ??= this.#end(graceMs);
    try {
      await this.#stopping;
      await this.exited;
      // Whoever left the tree for good may hold the other ends for ever.
      for (const pipe of this.#pipes) pipe.destroy();
    } catch (error) {
      if (first) this.#stopping = undefined; // so that it can be tried again
      throw error;
    }
  }

  async #end(graceMs: number): Promise<void> {
    if (graceMs > 0) {
      this.#handle.stdin.end();
      await within(this.#clock, EOF_MS, this.exited);
      if (!(await this.#tree.isAlive())) return;
      await this.#tree.signal('SIGTERM');
      if (await this.#goneWithin(graceMs)) return;
    }
    const until = this.#clock.now() + KILL_MS;
    do {
      await this.#tree.signal('SIGKILL'); // anew each time: a fork may have slipped through
      if (await this.#goneWithin(100)) return;
    } while (this.#clock.now() < until);
    throw new ClarityError('Internal', `process ${this.pid} or a descendant of it does not end, even by SIGKILL`);
  }

  async #goneWithin(ms: number): Promise<boolean> {
    const until = this.#clock.now() + ms;
    for (let pauseMs = 10; await this.#tree.isAlive(); pauseMs = Math.min(100, pauseMs * 2)) {
      if (this.#clock.now() >= until) return false;
      await pause(this.#clock, pauseMs);
    }
    return true;
  }

  async #watchExit(): Promise<ChildExit> {
    const closed = new Promise((resolve) => this.#handle.once('close', resolve));
    const exit = await new Promise<ChildExit>((resolve) => {
      this.#handle.once('exit', (code, signal) => {
        this.#tree.leaderReaped();
        resolve({ code, signal, atMs: this.#clock.now() });
      });
    });
    await within(this.#clock, LAST_OUTPUT_MS, closed);
    return exit;
  }
}
