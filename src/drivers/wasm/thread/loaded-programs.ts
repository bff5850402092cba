import { getHeapStatistics } from 'node:v8';
import { callTool } from '../tools/call-tool.ts';
import type { DaemonPort } from './daemon-port.ts';
import { LoadedProgram } from './loaded-program.ts';
import type { CallMessage } from './messages.ts';

/** A call that took less has not filled a heap. */
const QUICK_MS = 10;
/** The garbage of one call would stay for as long as the thread is idle. */
const KEPT_HEAP_BYTES = 64 * 1024 * 1024;

/** The programs that this thread has; the daemon says which. */
export class LoadedPrograms {
  readonly #daemon: DaemonPort;
  readonly #programs = new Map<number, LoadedProgram>();

  constructor(daemon: DaemonPort) {
    this.#daemon = daemon;
  }

  /** Runs one call and posts what came of it. */
  run(call: CallMessage): void {
    for (const key of call.drop ?? []) this.#programs.delete(key);
    let program = this.#programs.get(call.key);
    if (program === undefined) {
      if (call.load === undefined)
        throw new Error('the sandbox sent a call of a program that this thread does not have');
      program = new LoadedProgram(call.load, this.#daemon);
      this.#programs.set(call.key, program);
    }
    this.#daemon.beginCall();
    const startedAt = performance.now();
    const { result, fault } = program.use((instance) => callTool(instance, call.function, call.arguments));
    const lines = program.endOutput();
    const more = { ...(lines === undefined ? {} : { lines }), ...(isSpent(startedAt) ? { spent: true as const } : {}) };
    this.#daemon.post({ type: 'done', result, fault, ...more });
  }
}

/** True where the call that began then has left a heap that is better thrown away. */
function isSpent(startedAt: number): boolean {
  return performance.now() - startedAt > QUICK_MS && getHeapStatistics().total_heap_size > KEPT_HEAP_BYTES;
}
