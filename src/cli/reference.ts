import { Command } from 'commander';
import { GROUPS, type CommandRunner } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { buildProgram } from './program.ts';
import { renderReference } from './reference-page.ts';

const IDLE: CommandRunner = { execute: () => Promise.resolve() };

/** The text of docs/reference/cli.md, generated from the commands themselves; a test keeps the file equal to it. */
export function renderCliReference(): string {
  return renderReference({
    program: buildProgram('', IDLE, { writeOut: () => undefined, writeErr: () => undefined, helpWidth: 100 }),
    groups: GROUPS,
    entries: COMMANDS.map((each) => ({
      group: each.group,
      command: each.register(new Command(), IDLE),
      examples: each.examples,
      notes: each.formats.length === 0 ? [] : [`- \`-o\`: ${each.formats.join(', ')}`],
    })),
    exitCodes:
      '0 done; 1 the answer is no (invalid, differs, not ready, not found, failed); 2 usage, I/O or no daemon; 130 interrupted.',
  });
}
