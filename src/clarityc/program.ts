import type { Command } from 'commander';
import { newProgram, type ProgramOutput } from '../cli/new-program.ts';
import type { CommandRunner } from './command.ts';
import { COMMANDS } from './commands/index.ts';

/** The whole command line as a commander program; docs/reference/clarityc.md is generated from it. Throws CommanderError instead of exiting. */
export function buildProgram(version: string, runner: CommandRunner, output: ProgramOutput): Command {
  const program = newProgram('clarityc', version, output)
    .description('Compiles, runs and tests programs in the Clarity language.')
    .usage('[flags] <command>')
    .showHelpAfterError('See clarityc --help.')
    .option('--no-color', 'plain text, also on a terminal (NO_COLOR)')
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  clarityc new greeter && cd greeter',
        '  clarityc run -f greet -a Ada',
        '  clarityc test main.clarity',
        '  clarityc compile -o greeter.wasm',
        '',
        'Exit codes: 0 done; 1 errors in a program, or failed tests; 2 usage or unreadable input; 130 interrupted.',
      ].join('\n'),
    );
  for (const command of COMMANDS) command.register(program, runner);
  return program;
}
