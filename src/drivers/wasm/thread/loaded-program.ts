import { errorMessage } from '../../../shared/errors.ts';
import { CompiledModule } from '../../../wasm-host/compiled-module.ts';
import type { HostEnvironment } from '../../../wasm-host/environment.ts';
import type { ImportGroup } from '../../../wasm-host/imports/import-group.ts';
import type { Instance } from '../../../wasm-host/instance.ts';
import { instantiate } from '../../../wasm-host/instantiate.ts';
import type { ToolOutcome } from '../tools/call-tool.ts';
import { blockingImports } from './blocking-imports.ts';
import type { DaemonPort } from './daemon-port.ts';
import { environmentOf } from './environment.ts';
import type { ProgramLoad } from './messages.ts';
import { Output } from './output.ts';
import { Refusals } from './refusals.ts';

/** An instance whose memory has grown beyond it is not kept: a memory never shrinks. */
const KEPT_MEMORY_BYTES = 4 * 1024 * 1024;
/**
 * About 260 MB of maps at most. When the heap of a thread is full, Node ends the thread, but where one large block does not fit (a table of a
 * map that grows) it aborts the whole process: what the host keeps for a program must stay well below the thread's limit.
 */
const LIMITS = { mapCells: 1_000_000, memoryBytes: 256 * 1024 * 1024, textBytes: 16 * 1024 * 1024 };

/** A program in a thread, with an instance that is kept from call to call where it may be. */
export class LoadedProgram {
  readonly #module: CompiledModule;
  readonly #stateful: boolean;
  readonly #environment: HostEnvironment;
  readonly #imports: readonly ImportGroup[];
  readonly #output: Output;
  readonly #refusals: Refusals;
  #instance: Instance | undefined;

  constructor(load: ProgramLoad, daemon: DaemonPort) {
    this.#module = new CompiledModule(load.module);
    this.#stateful = load.stateful;
    this.#output = new Output((lines) => daemon.post({ type: 'output', lines }));
    this.#refusals = new Refusals((refusal) => daemon.post({ type: 'refused', refusal }));
    this.#environment = environmentOf(load, this.#output, this.#refusals);
    const ask = blockingImports((name, args) => {
      this.#output.flush();
      return daemon.ask(name, args);
    });
    this.#imports = [ask];
  }

  /** Has a call made on an instance; one that is no longer as it was at first is not used again. */
  use(call: (instance: Instance) => ToolOutcome): ToolOutcome {
    this.#refusals.beginCall();
    let instance: Instance;
    try {
      instance =
        this.#instance ?? instantiate(this.#module, this.#environment, { imports: this.#imports, limits: LIMITS });
    } catch (error) {
      const text = `The program cannot be run: ${errorMessage(error)}`;
      return { result: { content: [{ type: 'text', text }], isError: true }, fault: true };
    }
    this.#instance = undefined;
    const outcome = call(instance);
    if (outcome.fault || this.#stateful || instance.memoryBytes > KEPT_MEMORY_BYTES) instance.dispose();
    else this.#instance = instance;
    return outcome;
  }

  /** What the call printed and was not sent yet. */
  endOutput(): ReturnType<Output['end']> {
    return this.#output.end();
  }
}
