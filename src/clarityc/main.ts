import { endProcess, interruptSignal, processInput } from '../cli/process-input.ts';
import { BlockingInput, openStdin } from './host/blocking-input.ts';
import { runClarityc } from './run-clarityc.ts';

const input = processInput();

/** clarityc as a process. Only a command that waits takes over Ctrl-C: a program that runs in wasm would never see it. */
const code = await runClarityc({
  ...input,
  interrupt: interruptSignal,
  programInput: () => new BlockingInput(openStdin(), () => input.clock.now()),
});
endProcess(code);
