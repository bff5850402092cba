import { Command } from 'commander';

/** Where commander writes help and usage errors. */
export interface ProgramOutput {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  /** Columns. */
  readonly helpWidth: number;
}

/** A commander program as every command line of this house begins. Throws CommanderError instead of exiting. */
export function newProgram(name: string, version: string, output: ProgramOutput): Command {
  const { writeOut, writeErr, helpWidth } = output;
  return new Command(name)
    .exitOverride()
    .configureOutput({ writeOut, writeErr, getOutHelpWidth: () => helpWidth, getErrHelpWidth: () => helpWidth })
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureHelp({ showGlobalOptions: true });
}

/** A command that only holds others, such as `rollout`. */
export interface CommandFamily {
  readonly name: string;
  readonly summary: string;
  /** Further sentences of its --help. */
  readonly details: string;
}

/** What every command of this house declares. */
export interface CommandPage {
  /** As it is typed: with the family in front where it is one of a family. */
  readonly name: string;
  readonly family?: CommandFamily;
  /** One line, begins with a capital, no full stop. */
  readonly summary: string;
  /** Further sentences of --help. */
  readonly details?: string;
  /** Lines to copy; at least one. */
  readonly examples: readonly string[];
  configure?(command: Command): void;
}

/** Hangs a command into a program: with its summary, its own flags, and below its help `notes` and the examples. */
export function addCommand(
  program: Command,
  page: CommandPage,
  heading: string,
  notes: readonly string[] = [],
): Command {
  const parent = page.family === undefined ? program : familyOf(program, page.family, heading);
  const word = page.name.split(' ').at(-1) ?? page.name;
  const command = parent.command(word).summary(page.summary).helpGroup(heading);
  command.description([page.summary + '.', page.details ?? ''].join(' ').trim());
  page.configure?.(command);
  const shown = notes.flatMap((note) => ['', note]);
  return command.addHelpText(
    'after',
    [...shown, '', 'Examples:', ...page.examples.map((example) => `  ${example}`)].join('\n'),
  );
}

/** The family's own command, hung in with the first of its members. */
function familyOf(program: Command, { name, summary, details }: CommandFamily, heading: string): Command {
  const there = program.commands.find((command) => command.name() === name);
  if (there !== undefined) return there;
  return program.command(name).summary(summary).description(`${summary}. ${details}`).helpGroup(heading);
}
