import { printable } from '../shared/text.ts';
import { parseCompilerEnv } from '../config/parse-compiler-env.ts';
import { instantiate } from '../wasm-host/instantiate.ts';
import { endProcess, processInput } from '../cli/process-input.ts';
import { BlockingInput, openStdin } from './host/blocking-input.ts';
import { callFunction, endingOf } from './host/call-function.ts';
import { programEnvironment } from './host/program-environment.ts';

/** What a launcher of `clarityc pack` does: calls the function with the arguments of the command line and ends the process. */
export function runPacked(wasm: Uint8Array, name: string): void {
  const input = processInput();
  const { argv, stdout, stderr, env, clock } = input;
  const programInput = () => new BlockingInput(openStdin(), () => clock.now());
  const { code, fault } = endingOf(() => {
    const instance = instantiate(wasm, programEnvironment({ ...input, programInput }, parseCompilerEnv(env), argv));
    const text = callFunction(instance, name, argv);
    if (text !== undefined) stdout.write(`${text}\n`);
  });
  if (fault !== undefined) stderr.write(`error[${fault.kind}]: ${printable(fault.message)}\n`);
  endProcess(code);
}
