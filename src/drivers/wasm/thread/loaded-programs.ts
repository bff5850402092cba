import { callTool } from '../tools/call-tool.ts';
import type { DaemonPort } from './daemon-port.ts';
import { LoadedProgram } from './loaded-program.ts';
import type { CallMessage } from './messages.ts';

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
    const { result, fault } = program.use((instance) => callTool(instance, call.function, call.arguments));
    const lines = program.endOutput();
    this.#daemon.post(lines === undefined ? { type: 'done', result, fault } : { type: 'done', result, fault, lines });
  }
}
