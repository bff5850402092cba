import type { Clock } from '../../../shared/clock.ts';
import { errorMessage } from '../../../shared/errors.ts';
import { BLOCKING, type Answer, type Argument, type BlockingImport } from '../blocking.ts';
import type { Operations } from '../outside/operation.ts';
import { TransientMap } from '../../../shared/transient-map.ts';
import type { Program } from '../program.ts';
import type { EndReason } from '../sandbox.ts';
import type { ProgramLoad, ThreadMessage } from '../thread/messages.ts';
import { CallHandles } from './call-handles.ts';
import type { Call } from './call.ts';
import { CallTimer } from './call-timer.ts';
import { Line } from './line.ts';
import type { ThreadPool } from './thread-pool.ts';
import type { WorkerThread } from './worker-thread.ts';

/** What a call that was ended while it waited has to come out of its module. */
const UNWIND_MS = 1000;

/** So many quick calls in a row, and the next are taken to be quick, too. */
const QUICK_CALLS = 8;
/** Nobody waits longer behind a call that was taken to be quick. */
const SLOW_MS = 5;

export interface RunningDeps {
  readonly clock: Clock;
  readonly operations: Operations;
  readonly threads: ThreadPool;
}

/** Who is told of what happens in the threads. */
export interface RunningEvents {
  /** A slot or a place may be free, or a call wants to go on. */
  readonly freed: () => void;
  /** Calls that were sent ahead and have not begun: they wait again, before all others. */
  readonly back: (calls: readonly Call[]) => void;
}

/** The calls of one program that have a thread: those that compute, those behind them, and those that wait for somebody outside. */
export class RunningCalls {
  /** Calls that hold a slot. */
  computing = 0;
  parked = 0;
  failures = 0;
  /** Those that have begun. */
  readonly all = new TransientMap<number, Call>();
  readonly #deps: RunningDeps;
  readonly #program: Program;
  readonly #key: number;
  readonly #load: () => ProgramLoad;
  readonly #events: RunningEvents;
  readonly #lines = new Map<WorkerThread, Line>();
  /** With the answers that they wait to take. */
  readonly #resuming = new Map<Call, Answer>();
  /** Quick calls in a row. */
  #quick = 0;
  #watching = false;

  /** `key`: of the program, in the life of the sandbox; `load`: what a thread must know of it. */
  constructor(deps: RunningDeps, program: Program, key: number, load: () => ProgramLoad, events: RunningEvents) {
    this.#deps = deps;
    this.#program = program;
    this.#key = key;
    this.#load = load;
    this.#events = events;
  }

  /** Calls that were sent ahead. */
  get lined(): readonly Call[] {
    return [...this.#lines.values()].flatMap(({ calls }) => calls.filter(({ state }) => state === 'lined'));
  }

  /** Takes a slot; the call's time begins. */
  begin(call: Call, thread: WorkerThread): void {
    const line = new Line(thread, call);
    this.#lines.set(thread, line);
    thread.listener = {
      message: (message) => this.#onMessage(line, message),
      gone: (why) => this.#onGone(line, why),
    };
    this.#send(call, thread);
    this.computing++;
    this.#compute(call);
  }

  /** Sends a call ahead to a thread that has a quick one; false where none does, or somebody else wants the slot or a thread. */
  lineUp(call: Call): boolean {
    if (this.#quick < QUICK_CALLS || this.#resuming.size > 0 || this.#deps.threads.areWanted) return false;
    let shortest: Line | undefined;
    for (const line of this.#lines.values())
      if (line.hasRoom && (shortest === undefined || line.calls.length < shortest.calls.length)) shortest = line;
    if (shortest === undefined) return false;
    call.state = 'lined';
    this.#send(call, shortest.thread);
    shortest.calls.push(call);
    this.#watchLines();
    return true;
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
    if (state === 'computing' || state === 'lined') this.#endInLine(call, thread);
    else this.#unwind(call, thread);
    call.state = 'ending';
  }

  #send(call: Call, thread: WorkerThread): void {
    call.thread = thread;
    call.number = thread.run(this.#key, call.request, this.#load);
  }

  /** It is the first of its line: it has the slot of the line, and its time begins. */
  #compute(call: Call): void {
    call.holdsSlot = true;
    this.all.set(call.id, call);
    if (call.state === 'ending') return;
    call.state = 'computing';
    call.timer = new CallTimer(this.#deps.clock, this.#program.limits.timeoutMs, () => this.#onTimeout(call));
    call.timer.start();
  }

  /** The thread is ended only where this call is what it does now; the others of the line go elsewhere. */
  #endInLine(call: Call, thread: WorkerThread): void {
    const line = this.#lines.get(thread);
    if (line === undefined) return;
    const { headHasBegun, back } = line.takeBack();
    const last = line.calls.at(-1);
    if (last === call) void thread.kill();
    else if (!headHasBegun && last !== undefined) this.#send(last, thread);
    this.#giveBack(back.filter((other) => other !== call));
  }

  #giveBack(calls: readonly Call[]): void {
    for (const call of calls) {
      call.state = 'queued';
      call.thread = undefined;
    }
    if (calls.length > 0) this.#events.back(calls);
  }

  /** Calls that wait behind one that has turned out to be slow are taken back after a while. */
  #watchLines(): void {
    if (this.#watching) return;
    this.#watching = true;
    const heads = new Map([...this.#lines.values()].map((line) => [line, line.head]));
    this.#deps.clock.after(SLOW_MS, () => {
      this.#watching = false;
      let left = false;
      for (const line of this.#lines.values()) {
        if (line.calls.length < 2) continue;
        if (heads.get(line) !== line.head) left = true;
        else this.#takeBackSlow(line);
      }
      if (left) this.#watchLines();
    });
  }

  #takeBackSlow(line: Line): void {
    this.#quick = 0;
    const { headHasBegun, back } = line.takeBack();
    if (!headHasBegun && line.head !== undefined) this.#send(line.head, line.thread);
    this.#giveBack(back);
    this.#events.freed();
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

  #onMessage(line: Line, message: ThreadMessage): void {
    const call = line.head;
    if (call === undefined) return;
    switch (message.type) {
      case 'done':
        for (const line of message.lines ?? []) this.#program.log(...line);
        this.#onDone(line, call, message);
        return;
      case 'ask':
        this.#onAsk(line, call, message.name, message.args);
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

  #onDone(line: Line, call: Call, { result, fault, slow, spent }: Extract<ThreadMessage, { type: 'done' }>): void {
    const { thread } = line;
    if (call.state !== 'ending') {
      if (fault) this.failures++;
      call.succeed(result);
      call.state = 'ending';
    }
    this.#quick = slow === true ? 0 : this.#quick + 1;
    if (spent) {
      line.isSpent = true;
      this.#giveBack(line.takeBack().back);
    }
    if (line.isSpent && line.calls.length === 1) void thread.kill();
    // Its place is free when the thread is gone.
    if (thread.isEnding && line.calls.length === 1) return;
    line.calls.shift();
    this.#advance(line, call);
    this.#events.freed();
  }

  /** The next of the line has the slot now; where there is none the thread is free. */
  #advance(line: Line, before: Call): void {
    this.#leaveLine(before);
    if (line.head !== undefined) {
      this.computing++;
      this.#compute(line.head);
      return;
    }
    this.#lines.delete(line.thread);
    this.#deps.threads.release(line.thread);
  }

  #onGone(line: Line, why: string | undefined): void {
    const { thread } = line;
    const { headHasBegun, back } = line.takeBack();
    this.#lines.delete(thread);
    const begun = headHasBegun ? line.calls : [];
    const waiting = headHasBegun ? back : [...line.calls, ...back];
    for (const call of begun) {
      if (call.state === 'parked' || call.state === 'resuming') this.#leavePark(call);
      if (call.state !== 'ending' && call.state !== 'over') {
        this.failures++;
        call.fail('crashed', `\`${call.request.function}\` was ended: ${why ?? 'its thread is gone'}.`);
      }
      this.#leaveLine(call);
    }
    for (const call of waiting) this.#leaveLine(call);
    this.#giveBack(waiting.filter((call) => !call.isAnswered));
    this.#deps.threads.lost(thread);
    this.#events.freed();
  }

  /** Gives back its place, and its slot where it has one. */
  #leaveLine(call: Call): void {
    call.timer?.stop();
    call.cancelUnwind?.();
    if (call.holdsSlot) this.computing--;
    call.holdsSlot = false;
    call.state = 'over';
    this.all.delete(call.id);
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

  #onAsk(line: Line, call: Call, name: BlockingImport, args: readonly Argument[]): void {
    // Its thread is about to go.
    if (call.state !== 'computing') return;
    const { thread } = line;
    const { operations, threads } = this.#deps;
    this.#quick = 0;
    this.#giveBack(line.takeBack().back);
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
    this.#events.freed();
  }

  /** Waiting for a slot is not the call's own time. */
  #onAnswer(call: Call, answer: Answer): void {
    if (call.state !== 'parked') return;
    call.state = 'resuming';
    call.timer?.stop();
    this.#resuming.set(call, answer);
    this.#events.freed();
  }
}

/** What an import that is not carried out gives: an Err where its type has one. */
function refused(name: BlockingImport, sentence: string): Answer {
  return BLOCKING[name].result.startsWith('result') ? { err: sentence } : { trap: sentence };
}
