import { endProcess, interruptSignal, processInput } from './process-input.ts';
import { runCli } from './run-cli.ts';

/** clarityctl as a process. */
endProcess(await runCli({ ...processInput(), signal: interruptSignal() }));
