import { errorMessage } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { resolvable } from '../../../shared/resolvable.ts';
import { TransientMap } from '../../../shared/transient-map.ts';
import type { Program } from '../program.ts';
import { CallEnded, type CallRequest, type EndReason, type OpenProgram, type ProgramStats } from '../sandbox.ts';
import type { ProgramLoad } from '../thread/messages.ts';
import { Call } from './call.ts';
import type { ModuleCache } from './module-cache.ts';
import { RunningCalls, type RunningDeps } from './running-calls.ts';
import type { ThreadTaker } from './thread-pool.ts';

/** Calls of one program that wait for their turn. */
const QUEUE = 1000;
/** MCP clients give up after 60 s: better they learn why. */
const QUEUE_MS = 50_000;

/** What all programs of a sandbox share. */
export interface Shared extends RunningDeps {
  readonly slots: number;
  readonly modules: ModuleCache;
}

/** One program that takes calls: who waits for a turn, and whose turn it is. */
export class ProgramCalls implements OpenProgram, ThreadTaker {
  readonly #shared: Shared;
  readonly #program: Program;
  readonly #key: number;
  /** First come, first served. */
  readonly #queue = new TransientMap<number, Call>();
  readonly #running: RunningCalls;
  #calls = 0;
  #failures = 0;
  #watching = false;
  #loading = false;
  #closing: { readonly done: Promise<void>; readonly none: () => void } | undefined;

  /** `key`: of the program, in the life of the sandbox. */
  constructor(shared: Shared, program: Program, key: number) {
    this.#shared = shared;
    this.#program = program;
    this.#key = key;
    this.#running = new RunningCalls(shared, program, key, this.#loadMessage, {
      freed: () => this.#afterFree(),
      back: (calls) => this.#putBack(calls),
    });
    shared.threads.opened();
  }

  call(request: CallRequest, signal?: AbortSignal): Promise<JsonObject> {
    this.#calls++;
    const refusal = this.#refusal(signal);
    if (refusal !== undefined) {
      this.#failures++;
      return Promise.reject(refusal);
    }
    return new Promise((resolve, reject) => {
      const call = new Call(request, this.#shared.clock.now(), { resolve, reject }, signal, this.#cancel);
      this.#queue.set(call.id, call);
      this.pump();
      if (this.#queue.size > 0) this.#watchQueue();
    });
  }

  stats(): ProgramStats {
    return {
      running: this.#running.all.size,
      parked: this.#running.parked,
      queued: this.#queue.size + this.#running.lined.length,
      calls: this.#calls,
      failures: this.#failures + this.#running.failures,
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#beginClosing();
    const { done } = this.#closing;
    this.#endAll();
    return done;
  }

  /** Goes on with, or begins, what there are slots and threads for. */
  pump(): void {
    while (this.#running.computing < this.#shared.slots) {
      if (!this.#running.resumeNext() && !this.#beginNext()) return;
    }
    for (const call of this.#queue.values()) {
      if (!this.#running.lineUp(call)) return;
      this.#queue.delete(call.id);
    }
  }

  #putBack(calls: readonly Call[]): void {
    const waiting = [...this.#queue.values()];
    for (const { id } of waiting) this.#queue.delete(id);
    for (const call of [...calls, ...waiting]) this.#queue.set(call.id, call);
    this.#watchQueue();
  }

  noThread(why: string): void {
    this.#failQueue(`No thread could be started for ${this.#program.identity}: ${why}`);
  }

  #refusal(signal: AbortSignal | undefined): CallEnded | undefined {
    if (this.#closing !== undefined) return new CallEnded('closed', `${this.#program.identity} was stopped.`);
    if (signal?.aborted === true) return new CallEnded('cancelled', 'The call was cancelled.');
    if (this.#queue.size < QUEUE) return undefined;
    return new CallEnded('overloaded', `${this.#busy()}, and ${this.#queue.size} more wait already: try again later.`);
  }

  #busy(): string {
    const { all, parked } = this.#running;
    const waiting = parked === 0 ? '' : ` (${parked} of them wait for an answer from outside)`;
    return `${all.size} calls of ${this.#program.identity} run${waiting}`;
  }

  /** False where nothing can be begun now. */
  #beginNext(): boolean {
    const [call] = this.#queue.values();
    if (call === undefined || this.#running.all.size >= this.#program.limits.maxConcurrency) return false;
    const { threads, modules } = this.#shared;
    let thread = threads.takeWarm(this.#key);
    if (thread === undefined) {
      if (modules.get(this.#key) === undefined) {
        this.#load();
        return false;
      }
      thread = threads.takeCold(this);
      if (thread === undefined) return false;
    }
    this.#queue.delete(call.id);
    this.#running.begin(call, thread);
    return true;
  }

  readonly #loadMessage = (): ProgramLoad => {
    const module = this.#shared.modules.get(this.#key);
    if (module === undefined) throw new Error('a thread was taken before the module was there');
    const { stateful, args, workspace, ownFolders, checkpoints, grants } = this.#program;
    const { declared, net, fs, values } = grants;
    return { module, stateful, args, workspace, ownFolders, checkpoints, grants: { declared, net, fs, values } };
  };

  #load(): void {
    if (this.#loading) return;
    this.#loading = true;
    const loaded = () => {
      this.#loading = false;
      this.pump();
    };
    const failed = (error: unknown) => {
      this.#loading = false;
      this.#failQueue(`The module of ${this.#program.identity} cannot be loaded: ${errorMessage(error)}`, error);
    };
    this.#shared.modules.load(this.#key, this.#program).then(loaded, failed);
  }

  #afterFree(): void {
    this.pump();
    if (this.#closing !== undefined) this.#resolveWhenNone(this.#closing.none);
  }

  readonly #cancel = (call: Call): void => this.#end(call, 'cancelled', 'The call was cancelled.');

  #end(call: Call, reason: EndReason, message: string, cause?: unknown): void {
    if (!this.#queue.delete(call.id)) {
      this.#running.end(call, reason, message);
      return;
    }
    this.#failures++;
    call.fail(reason, message, cause);
    if (this.#closing !== undefined) this.#resolveWhenNone(this.#closing.none);
  }

  #failQueue(message: string, cause?: unknown): void {
    for (const call of [...this.#queue.values()]) this.#end(call, 'crashed', message, cause);
  }

  /** One timer for the oldest: it is the first to have waited too long. */
  #watchQueue(): void {
    const [oldest] = this.#queue.values();
    if (this.#watching || oldest === undefined) return;
    this.#watching = true;
    const { clock } = this.#shared;
    clock.after(Math.max(0, oldest.queuedAt + QUEUE_MS - clock.now()), () => {
      this.#watching = false;
      const seconds = QUEUE_MS / 1000;
      for (const call of [...this.#queue.values()]) {
        if (call.queuedAt + QUEUE_MS > clock.now()) break;
        this.#end(call, 'overloaded', `The call did not get its turn within ${seconds} s: ${this.#busy()}.`);
      }
      this.#watchQueue();
    });
  }

  #beginClosing(): { readonly done: Promise<void>; readonly none: () => void } {
    const { promise, resolve } = resolvable();
    const done = promise.then(() => {
      this.#shared.modules.drop(this.#key);
      this.#shared.threads.leave(this);
      return this.#shared.threads.closed(this.#key);
    });
    this.#resolveWhenNone(resolve);
    return { done, none: resolve };
  }

  #resolveWhenNone(none: () => void): void {
    if (this.#queue.size === 0 && this.#running.all.size === 0) none();
  }

  #endAll(): void {
    const sentence = `${this.#program.identity} was stopped before the call had ended.`;
    for (const call of [...this.#queue.values(), ...this.#running.all.values(), ...this.#running.lined])
      this.#end(call, 'closed', sentence);
  }
}
