import { CompiledModule } from '../../src/wasm-host/compiled-module.ts';
import { HostError } from '../../src/wasm-host/host-error.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { ProgramExit } from '../../src/wasm-host/program-exit.ts';
import { TextInput } from '../../src/wasm-host/text-input.ts';
import type { ClarityValue } from '../../src/wasm-host/value.ts';

export type CallOutcome = ({ readonly result: ClarityValue } | { readonly error: string }) & {
  /** Lines; the last one may be without its end. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly asserts: { readonly total: number; readonly failed: number };
};

/** A module whose calls each run on an instance of their own, on a host that is the same every time: now = 1700000000000, the lowest dice. */
export class ClarityRun {
  readonly #module: CompiledModule;

  constructor(wasm: Uint8Array) {
    this.#module = new CompiledModule(wasm);
  }

  call(name: string, args: readonly ClarityValue[], stdin = ''): CallOutcome {
    let out = '';
    let err = '';
    const instance = instantiate(this.#module, {
      stdout: (text) => (out += text),
      stderr: (text) => (err += text),
      now: () => 1_700_000_000_000,
      random: () => 0,
      sleep: () => undefined,
      args: [],
      stdin: new TextInput(stdin),
    });
    const end = outcome(() => instance.call(name, args));
    const { total, failed } = instance.assertions;
    instance.dispose();
    return { ...end, stdout: lines(out), stderr: lines(err), asserts: { total, failed } };
  }
}

function outcome(call: () => ClarityValue): { readonly result: ClarityValue } | { readonly error: string } {
  try {
    return { result: call() };
  } catch (error) {
    if (error instanceof HostError) return { error: error.kind };
    if (error instanceof ProgramExit) return { error: `exit ${error.code}` };
    throw error;
  }
}

function lines(text: string): readonly string[] {
  if (text === '') return [];
  const all = text.split('\n');
  return all.at(-1) === '' ? all.slice(0, -1) : all;
}
