import { Worker } from 'node:worker_threads';
import { DeadlineError } from '../shared/abort.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import type { CompileJob, CompileOutcome, CompileReply } from './compile-job.ts';
import type { ArtifactLimits } from './limits.ts';

/** The built file: right from src/artifacts and from dist/artifacts. */
const CODE = new URL('../../dist/artifacts/compile-worker.js', import.meta.url);
/** Of the thread's heap: no source may take the daemon down with it. */
const MAX_HEAP_MB = 1024;

interface Waiting {
  readonly job: CompileJob;
  readonly done: (outcome: CompileOutcome) => void;
  readonly fail: (error: Error) => void;
}

/** The one thread in which the embedded compiler runs: made when it is first needed, ended when idle, replaced when it hangs. */
export class CompileThread {
  readonly #clock: Clock;
  readonly #limits: ArtifactLimits;
  /** As long as callers are many; the owner bounds them (service-artifact.ts). */
  readonly #queue: Waiting[] = [];
  #current: Waiting | undefined;
  #worker: Worker | undefined;
  #cancelTimer: Cancel = () => undefined;
  #closed = false;

  constructor(clock: Clock, limits: ArtifactLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Rejects with DeadlineError after `compileMs`, and with an Error where the compiler or its thread breaks, or is closed. */
  run(job: CompileJob): Promise<CompileOutcome> {
    return new Promise((done, fail) => {
      if (this.#closed) return fail(new Error('the compiler is closed'));
      this.#queue.push({ job, done, fail });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const waiting = [...(this.#current === undefined ? [] : [this.#current]), ...this.#queue.splice(0)];
    this.#current = undefined;
    for (const { fail } of waiting) fail(new Error('the compiler is closed'));
    await this.#end();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    this.#cancelTimer();
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#cancelTimer = this.#clock.after(this.#limits.idleMs, () => void this.#end());
      return;
    }
    this.#current = next;
    this.#worker ??= this.#start();
    this.#worker.postMessage(next.job);
    const { compileMs } = this.#limits;
    this.#cancelTimer = this.#clock.after(compileMs, () => {
      this.#break(new DeadlineError(`compiling ${next.job.source}`, compileMs));
    });
  }

  #start(): Worker {
    const worker = new Worker(CODE, {
      name: 'clarity-compiler',
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    // Only the thread in use may speak: one that is being ended still has events.
    const own = (act: () => void) => {
      if (this.#worker === worker) act();
    };
    worker.on('message', (reply: CompileReply) => own(() => this.#settle(reply)));
    worker.on('error', (error) => own(() => this.#break(error instanceof Error ? error : new Error(String(error)))));
    worker.on('exit', (code) => own(() => this.#break(new Error(`its thread ended with code ${String(code)}`))));
    worker.unref();
    return worker;
  }

  #settle(reply: CompileReply): void {
    const current = this.#current;
    this.#current = undefined;
    if ('outcome' in reply) current?.done(reply.outcome);
    else current?.fail(new Error(reply.crash));
    this.#next();
  }

  /** The thread cannot be used any more: the job fails, the next one gets a new thread. */
  #break(error: Error): void {
    const current = this.#current;
    this.#current = undefined;
    void this.#end();
    current?.fail(error);
    this.#next();
  }

  async #end(): Promise<void> {
    this.#cancelTimer();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
