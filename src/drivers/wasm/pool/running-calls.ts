import type { Clock } from '../../../shared/clock.ts';
import { errorMessage } from '../../../shared/errors.ts';
import { BLOCKING, type Answer, type Argument, type BlockingImport } from '../blocking.ts';
import type { Operations } from '../outside/operation.ts';
import type { Program } from '../program.ts';
import type { EndReason } from '../sandbox.ts';
import type { ProgramLoad, ThreadMessage } from '../thread/messages.ts';
import { CallHandles } from './call-handles.ts';
import type { Call } from './call.ts';
import { CallTimer } from './call-timer.ts';
import type { ThreadPool } from './thread-pool.ts';
import type { WorkerThread } from './worker-thread.ts';

/** What a call that was ended while it waited has to come out of its module. */
const UNWIND_MS = 1000;

export interface RunningDeps {
  readonly clock: Clock;
  readonly operations: Operations;
  readonly threads: ThreadPool;
}

/** The calls of one program that have a thread: those that compute, and those that wait for somebody outside. */
export class RunningCalls {
  /** Calls that hold a slot. */
  computing = 0;
  parked = 0;
  failures = 0;
  readonly all = new Set<Call>();
  readonly #deps: RunningDeps;
  readonly #program: Program;
  readonly #freed: () => void;
  /** With the answers that they wait to take. */
  readonly #resuming = new Map<Call, Answer>();

  /** `freed`: a slot or a place may be free, or a call wants to go on. */
  constructor(deps: RunningDeps, program: Program, freed: () => void) {
    this.#deps = deps;
    this.#program = program;
    this.#freed = freed;
  }

  /** Takes a slot; the call's time begins. */
  begin(call: Call, thread: WorkerThread, key: number, load: () => ProgramLoad): void {
    call.thread = thread;
    call.state = 'computing';
    call.holdsSlot = true;
    this.all.add(call);
    this.computing++;
    thread.listener = {
      message: (message) => this.#onMessage(call, thread, message),
      gone: (why) => this.#onGone(call, thread, why),
    };
    call.timer = new CallTimer(this.#deps.clock, this.#program.limits.timeoutMs, () => this.#onTimeout(call));
    call.timer.start();
    thread.run(key, call.request, load);
  }

  /** Gives a slot to the call that has waited longest for one since it was answered; false where there is none. */
  resumeNext(): boolean {
    const [next] = this.#resuming;
    if (next === undefined) return false;
    const [call, answer] = next;
    this.#leavePark(call);
    call.state = 'computing';
    call.holdsSlot = true;
    this.computing++;
    call.timer?.start();
    call.thread?.answer({ answer });
    return true;
  }

  /** Answers the caller at once; its place is free when the thread is. */
  end(call: Call, reason: EndReason, message: string): void {
    const { state, thread } = call;
    if (thread === undefined || state === 'ending' || state === 'over') return;
    this.failures++;
    call.fail(reason, message);
    if (state === 'computing') void thread.kill();
    else this.#unwind(call, thread);
    call.state = 'ending';
  }

  /** Brings a call that waits out of its module, so that its thread can be used again. */
  #unwind(call: Call, thread: WorkerThread): void {
    this.#leavePark(call);
    thread.answer({ ended: true });
    // A module may catch what is thrown at it, and go on.
    call.cancelUnwind = this.#deps.clock.after(UNWIND_MS, () => void thread.kill());
  }

  #leavePark(call: Call): void {
    this.#resuming.delete(call);
    this.parked--;
    this.#deps.threads.unpark();
  }

  #onMessage(call: Call, thread: WorkerThread, message: ThreadMessage): void {
    switch (message.type) {
      case 'done':
        for (const line of message.lines ?? []) this.#program.log(...line);
        this.#onDone(call, thread, message);
        return;
      case 'ask':
        this.#onAsk(call, thread, message.name, message.args);
        return;
      case 'output':
        for (const line of message.lines) this.#program.log(...line);
        return;
      case 'refused':
        this.#program.refused(message.refusal);
        return;
      case 'ready':
    }
  }

  #onDone(call: Call, thread: WorkerThread, { result, fault, spent }: Extract<ThreadMessage, { type: 'done' }>): void {
    if (call.state !== 'ending') {
      if (fault) this.failures++;
      call.succeed(result);
      call.state = 'ending';
    }
    if (spent) void thread.kill();
    // Its place is free when the thread is gone.
    if (thread.isEnding) return;
    this.#forget(call);
    this.#deps.threads.release(thread);
    this.#freed();
  }

  #onGone(call: Call, thread: WorkerThread, why: string | undefined): void {
    if (call.state === 'parked' || call.state === 'resuming') this.#leavePark(call);
    if (call.state !== 'ending' && call.state !== 'over') {
      this.failures++;
      call.fail('crashed', `\`${call.request.function}\` was ended: ${why ?? 'its thread is gone'}.`);
    }
    this.#forget(call);
    this.#deps.threads.lost(thread);
    this.#freed();
  }

  /** Gives back its place, and its slot where it has one. */
  #forget(call: Call): void {
    call.cancelUnwind?.();
    if (call.holdsSlot) this.computing--;
    call.holdsSlot = false;
    call.state = 'over';
    this.all.delete(call);
  }

  #onTimeout(call: Call): void {
    const { timeoutMs } = this.#program.limits;
    const limit = `limits.timeoutMs (${timeoutMs} ms)`;
    const text =
      call.state === 'parked'
        ? `\`${call.request.function}\` waited for an answer beyond ${limit} and was ended.`
        : `\`${call.request.function}\` ran longer than ${limit} and was ended.`;
    this.end(call, 'timeout', text);
  }

  #onAsk(call: Call, thread: WorkerThread, name: BlockingImport, args: readonly Argument[]): void {
    // Its thread is about to go.
    if (call.state !== 'computing') return;
    const { operations, threads } = this.#deps;
    const operation = operations[name];
    if (operation === undefined) {
      thread.answer({ answer: refused(name, `\`${name}\` is not offered where the program runs.`) });
      return;
    }
    if (!threads.park()) {
      thread.answer({ answer: refused(name, `\`${name}\` was refused: too many calls wait for answers already.`) });
      return;
    }
    call.state = 'parked';
    this.parked++;
    this.computing--;
    call.holdsSlot = false;
    if (operation.waitsFor === 'minds' && !this.#program.limits.countWaits) call.timer?.stop();
    call.outside ??= { controller: new AbortController(), handles: new CallHandles() };
    const { controller, handles } = call.outside;
    const run = async () => operation.run(args, { program: this.#program, signal: controller.signal, handles });
    run().then(
      (answer) => this.#onAnswer(call, answer),
      (error: unknown) => this.#onAnswer(call, { trap: `\`${name}\` failed: ${errorMessage(error)}` }),
    );
    threads.serve();
    this.#freed();
  }

  /** Waiting for a slot is not the call's own time. */
  #onAnswer(call: Call, answer: Answer): void {
    if (call.state !== 'parked') return;
    call.state = 'resuming';
    call.timer?.stop();
    this.#resuming.set(call, answer);
    this.#freed();
  }
}

/** What an import that is not carried out gives: an Err where its type has one. */
function refused(name: BlockingImport, sentence: string): Answer {
  return BLOCKING[name].result.startsWith('result') ? { err: sentence } : { trap: sentence };
}
