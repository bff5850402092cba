import type { CommandRunner } from '../command.ts';
import { completionScript } from '../output/completion-script.ts';
import { buildProgram } from '../program.ts';

const IDLE: CommandRunner = { execute: () => Promise.resolve() };

/** The body of `clarityctl completion`: a script made from the commands themselves. */
export function runCompletion(shell: string): string {
  const silent = { writeOut: () => undefined, writeErr: () => undefined, helpWidth: 100 };
  return completionScript(shell, buildProgram('', IDLE, silent));
}
