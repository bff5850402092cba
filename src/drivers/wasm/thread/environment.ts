import type { HostEnvironment, TraceSink } from '../../../wasm-host/environment.ts';
import { TextInput } from '../../../wasm-host/text-input.ts';
import { BoundedCheckpoints } from './bounded-checkpoints.ts';
import { GrantedFiles } from './granted-files.ts';
import { grantedSecret } from './granted-secret.ts';
import type { ProgramLoad } from './messages.ts';
import type { Output } from './output.ts';
import type { Refusals } from './refusals.ts';

/** What a program of the daemon can reach: what its manifest grants, an input that has ended, and a log in place of a terminal. */
export function environmentOf(load: ProgramLoad, output: Output, refusals: Refusals): HostEnvironment {
  const { grants } = load;
  const note = (text: string) => output.write('stderr', `${text}\n`);
  return {
    stdout: (text) => output.write('stdout', text),
    stderr: (text) => output.write('stderr', text),
    now: Date.now,
    random: Math.random,
    args: load.args,
    stdin: new TextInput(''),
    checkpoints: new BoundedCheckpoints(load.checkpoints),
    trace: traceTo(note),
    policy: { allowHosts: grants.net ?? [] },
    ...(grants.fs === undefined ? {} : { files: new GrantedFiles(load, grants.fs, refusals, note) }),
    ...(grants.values === undefined ? {} : { secret: grantedSecret(grants.values, grants.declared, refusals) }),
  };
}

function traceTo(note: (text: string) => void): TraceSink {
  return {
    start: (span, operation) => note(`[TRACE] ${span} begins: ${operation}`),
    log: (span, message) => note(`[TRACE] ${span}: ${message}`),
    end: (span) => note(`[TRACE] ${span} ends`),
  };
}
