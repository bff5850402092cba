import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { errorCode, errorMessage } from '../../../shared/errors.ts';
import type { CallRequest } from '../sandbox.ts';
import type { AnswerMessage, CallMessage, ProgramLoad, ThreadData, ThreadMessage } from '../thread/messages.ts';

/** The built file, from src and from dist: a thread has no loader for TypeScript. */
const ENTRY = fileURLToPath(new URL('../../../../dist/drivers/wasm/thread/main.js', import.meta.url));

/** JavaScript heap of a thread, which the host's own limits keep it away from (thread/loaded-program.ts); memories of instances are beside it. */
const HEAP_MB = 1024;
const YOUNG_HEAP_MB = 16;
/** Recursion of a program ends as a stack overflow well before it. */
const STACK_MB = 4;
/** Messages that are taken in one turn of the event loop. */
const AT_ONCE = 64;
/** Programs that a thread holds. */
const LOADED = 32;

/** Whoever has a call in a thread, or waits for one that starts. */
export interface ThreadListener {
  readonly message: (message: ThreadMessage) => void;
  /** The thread is gone; `why` is a sentence where it was not ended by us. */
  readonly gone: (why: string | undefined) => void;
}

/** One thread of the sandbox, as the daemon sees it. */
export class WorkerThread {
  /** Who is told; set by whoever uses the thread. */
  listener: ThreadListener;
  /** Clock time of its last call. */
  lastUsedAt = 0;
  readonly #worker: Worker;
  readonly #answers: MessagePort;
  readonly #bell = new SharedArrayBuffer(4);
  readonly #ring = new Int32Array(this.#bell);
  readonly #turn = new Int32Array(new SharedArrayBuffer(4));
  /** Number of the call that is sent next. */
  #next = 0;
  /** Keys of the programs that it has, the least recently used first. */
  readonly #loaded = new Set<number>();
  #drop: number[] = [];
  #failure: string | undefined;
  #killed: Promise<unknown> | undefined;

  /** Starts it; throws where the system has no room for a thread. */
  constructor(listener: ThreadListener) {
    this.listener = listener;
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    const workerData: ThreadData = { answers: port2, bell: this.#bell, turn: this.#turn.buffer };
    this.#worker = new Worker(ENTRY, {
      name: 'clarity-wasm',
      workerData,
      transferList: [port2],
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: HEAP_MB,
        maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
        stackSizeMb: STACK_MB,
      },
    });
    this.#worker.unref();
    this.#answers.on('message', (message: ThreadMessage) => {
      this.listener.message(message);
      this.#takeWaiting(AT_ONCE);
    });
    this.#answers.unref();
    this.#worker.on('error', (error) => {
      this.#failure = sentence(error);
    });
    this.#worker.on('exit', () => {
      this.#takeWaiting(Infinity);
      this.#answers.close();
      const why = this.#failure ?? 'the thread that ran it ended by itself';
      this.listener.gone(this.#killed === undefined ? why : undefined);
    });
  }

  /** Without an event for each: under load many wait, and an event costs more than what it brings. */
  #takeWaiting(most: number): void {
    for (let taken = 0; taken < most; taken++) {
      const received = receiveMessageOnPort(this.#answers) as { readonly message: ThreadMessage } | undefined;
      if (received === undefined) return;
      this.listener.message(received.message);
    }
  }

  /** True where it has no program yet. */
  get isFresh(): boolean {
    return this.#loaded.size === 0;
  }

  has(key: number): boolean {
    return this.#loaded.has(key);
  }

  /**
   * Sends a call, which begins when those before it are over, and answers its number in the thread; `load` is asked for what the thread does
   * not have.
   */
  run(key: number, request: CallRequest, load: () => ProgramLoad): number {
    const call: CallMessage = {
      number: this.#next,
      key,
      function: request.function,
      arguments: request.arguments,
    };
    this.#next = (this.#next + 1) | 0;
    const known = this.#loaded.delete(key);
    this.#loaded.add(key);
    if (known && this.#drop.length === 0) {
      this.#worker.postMessage(call);
      return call.number;
    }
    const [oldest] = this.#loaded;
    if (this.#loaded.size > LOADED && oldest !== undefined) this.forget(oldest);
    const message: CallMessage = { ...call, drop: this.#drop };
    this.#drop = [];
    this.#worker.postMessage(known ? message : { ...message, load: load() });
    return call.number;
  }

  /** Takes back every call that has not begun: none of them will. Answers the number after the last that has. */
  takeBack(): number {
    for (;;) {
      const begun = Atomics.load(this.#turn, 0);
      if (Atomics.compareExchange(this.#turn, 0, begun, this.#next) === begun) return begun;
    }
  }

  /** Answers the call that waits in it. */
  answer(message: AnswerMessage): void {
    this.#answers.postMessage(message);
    Atomics.add(this.#ring, 0, 1);
    Atomics.notify(this.#ring, 0);
  }

  /** With its next call it lets go of a program that is not used any more. */
  forget(key: number): void {
    if (this.#loaded.delete(key)) this.#drop.push(key);
  }

  /** True once it was told to end. */
  get isEnding(): boolean {
    return this.#killed !== undefined;
  }

  /** Ends it, whatever it does; resolves when it is gone, of which its listener hears. */
  kill(): Promise<unknown> {
    this.#killed ??= this.#worker.terminate();
    return this.#killed;
  }
}

function sentence(error: unknown): string {
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY')
    return `it needed more memory than a thread may have (${HEAP_MB} MiB of the host's own)`;
  return `the thread that ran it failed: ${errorMessage(error)}`;
}
