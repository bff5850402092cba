import type { Command } from 'commander';

import { addCommand, type CommandPage } from '../cli/new-program.ts';
import type { CommandContext } from './command-context.ts';

/** The groups of the help, in their order. */
export const GROUPS = {
  build: 'Build:',
  run: 'Run:',
  source: 'Source:',
  learn: 'Learn:',
} as const;

/** One command of clarityc. `Options` is what commander collects under the flags that `configure` declares. */
export interface CommandSpec<Options> extends CommandPage {
  readonly group: keyof typeof GROUPS;
  /** `args` are all operands in their order. Throws CliError. */
  run(context: CommandContext, args: readonly string[], options: Options): Promise<number>;
}

/** Runs a command's body with a context made from the global flags; the face of run-clarityc.ts towards the program. */
export interface CommandRunner {
  execute(command: Command, body: (context: CommandContext) => Promise<number>): Promise<void>;
}

/** A command that can hang itself into the program, and what its section in the reference is made of. */
export interface CompilerCommand extends Pick<CommandSpec<object>, 'name' | 'group' | 'examples'> {
  register(program: Command, runner: CommandRunner): Command;
}

/** Turns a specification into a command with help and examples. */
export function defineCommand<Options = object>(spec: CommandSpec<Options>): CompilerCommand {
  const { name, group, examples } = spec;
  return {
    name,
    group,
    examples,
    register(program, runner) {
      const command = addCommand(program, spec, GROUPS[group]).showHelpAfterError(`See clarityc ${name} --help.`);
      return command.action(() =>
        runner.execute(command, (context) =>
          spec.run(context, command.args, command.opts<Options & Record<string, unknown>>()),
        ),
      );
    },
  };
}
