import type { Command } from 'commander';
import type { CommandRunner } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { newProgram, type ProgramOutput } from './new-program.ts';

/** Flags that every command understands, before or after its name. */
export interface GlobalOptions {
  readonly daemonUrl?: string;
  readonly authToken?: string;
  readonly output?: string;
  /** False with --no-color. */
  readonly color: boolean;
}

/** The whole command line as a commander program; docs/reference/cli.md is generated from it. Throws CommanderError instead of exiting. */
export function buildProgram(version: string, runner: CommandRunner, output: ProgramOutput): Command {
  const program = newProgram('clarityctl', version, output)
    .description('Says what should run, and shows what runs, in a Clarity Runtime daemon.')
    .usage('[flags] <command>')
    .option('--daemon-url <url>', 'where the daemon listens (CLARITYD_URL; http://127.0.0.1:4707)')
    .option('--auth-token <token>', 'the daemon’s token (CLARITYD_AUTH_TOKEN, CLARITY_API_TOKEN)')
    .option('-o, --output <format>', 'how to print the answer; each command says what it knows')
    .option('--no-color', 'plain text, also on a terminal')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  clarityctl apply -f services.d/files.yaml --wait',
        '  clarityctl get',
        '  clarityctl describe files',
        '  clarityctl call files list_directory --arg path=.',
        '',
        'Exit codes: 0 done; 1 the answer is no; 2 usage, I/O or no daemon; 130 interrupted.',
      ].join('\n'),
    );
  for (const command of COMMANDS) command.register(program, runner);
  return program;
}
