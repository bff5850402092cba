import { getHeapStatistics } from 'node:v8';
import { callTool } from '../tools/call-tool.ts';
import type { DaemonPort } from './daemon-port.ts';
import { LoadedProgram } from './loaded-program.ts';
import type { CallMessage } from './messages.ts';

/** A call that took less has not filled a heap, and nobody behind it has waited long. */
const QUICK_MS = 5;
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
    if (!this.#daemon.beginCall(call.number)) return;
    const startedAt = performance.now();
    const { result, fault } = program.use((instance) => callTool(instance, call.function, call.arguments));
    const lines = program.endOutput();
    const slow = performance.now() - startedAt > QUICK_MS;
    // Made with no more than it needs: this is the path of every call.
    if (!slow && lines === undefined) this.#daemon.post({ type: 'done', result, fault });
    else
      this.#daemon.post({
        type: 'done',
        result,
        fault,
        ...(lines !== undefined && { lines }),
        ...(slow && { slow }),
        ...(slow && isSpent() && { spent: true }),
      });
  }
}

/** True where calls have left a heap that is better thrown away. */
function isSpent(): boolean {
  return getHeapStatistics().total_heap_size > KEPT_HEAP_BYTES;
}
