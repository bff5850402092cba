import type { Command } from 'commander';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { addCommand, type CommandPage } from './new-program.ts';
import type { OutputFormat } from './output/format.ts';

/** The groups of the help, in their order (surfaces.md, clarityctl). */
export const GROUPS = {
  desired: 'Desired state:',
  observed: 'Observed state:',
  run: 'Run:',
  security: 'Security:',
  setup: 'Set-up:',
} as const;

/** One command of clarityctl. `Options` is what commander collects under the flags that `configure` declares. */
export interface CommandSpec<Options> extends CommandPage {
  readonly group: keyof typeof GROUPS;
  /** What -o may say; the first is the default. Empty: -o is refused. */
  readonly formats: readonly OutputFormat[];
  /** The default where stdout is no terminal: `json` for the commands of the original (surfaces.md). */
  readonly piped?: 'json';
  /** `args` are all operands in their order. Throws CliError or what the client throws. */
  run(context: CommandContext, args: readonly string[], options: Options): Promise<ExitCode>;
}

/** Runs a command's body with a context made from the global flags; the face of run-cli.ts towards the program. */
export interface CommandRunner {
  execute(
    command: Command,
    pickFormat: (wanted: string | undefined, isTerminal: boolean) => OutputFormat,
    body: (context: CommandContext) => Promise<ExitCode>,
  ): Promise<void>;
}

/** A command that can hang itself into the program, and what its page in the reference is made of. */
export interface CliCommand extends Pick<CommandSpec<object>, 'name' | 'group' | 'examples' | 'formats'> {
  register(program: Command, runner: CommandRunner): Command;
}

/** Turns a specification into a command with help, examples and format checking of its own. */
export function defineCommand<Options = object>(spec: CommandSpec<Options>): CliCommand {
  const { name, group, examples, formats } = spec;
  return {
    name,
    group,
    examples,
    formats,
    register(program, runner) {
      const notes = formats.length === 0 ? [] : [`Output (-o): ${formats.join(', ')}`];
      const command = addCommand(program, spec, GROUPS[group], notes);
      return command.action(() =>
        runner.execute(
          command,
          (wanted, isTerminal) => pickFormat(spec, wanted, isTerminal),
          (context) => spec.run(context, command.args, command.opts<Options & Record<string, unknown>>()),
        ),
      );
    },
  };
}

function pickFormat(
  spec: Pick<CommandSpec<object>, 'name' | 'formats' | 'piped'>,
  wanted: string | undefined,
  isTerminal: boolean,
): OutputFormat {
  const [first = 'text'] = spec.formats;
  if (wanted === undefined) return !isTerminal && spec.piped !== undefined ? spec.piped : first;
  // A table is what people call the form for people.
  const format = wanted === 'table' && first === 'text' ? first : spec.formats.find((each) => each === wanted);
  if (format !== undefined) return format;
  const known = spec.formats.length === 0 ? 'takes no -o' : `knows -o ${spec.formats.join(', ')}`;
  throw new CliError(EXIT.usage, `-o ${wanted}: ${spec.name} ${known}`);
}
