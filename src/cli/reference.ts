import { Command } from 'commander';
import { GROUPS, type CliCommand, type CommandRunner } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { buildProgram } from './program.ts';

const IDLE: CommandRunner = { execute: () => Promise.resolve() };

/** The text of docs/reference/cli.md, generated from the commands themselves; a test keeps the file equal to it. */
export function renderCliReference(): string {
  const program = buildProgram('', IDLE, { writeOut: () => undefined, writeErr: () => undefined, helpWidth: 100 });
  const groups = Object.entries(GROUPS).map(([group, heading]) => {
    const pages = COMMANDS.filter((command) => command.group === group).map(renderCommand);
    return [`## ${heading.replace(/:$/, '')}`, ...pages].join('\n\n');
  });
  return [
    '# clarityctl',
    `${program.description()} This page is generated; \`clarityctl COMMAND --help\` says the same.`,
    '## Every command',
    program.options.map(({ flags, description }) => `- \`${flags}\`: ${description}`).join('\n'),
    'Exit codes: 0 done; 1 the answer is no (invalid, differs, not ready, not found, failed); 2 usage, I/O or no daemon; 130 interrupted.',
    ...groups,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function renderCommand(spec: CliCommand): string {
  const command = spec.register(new Command(), IDLE);
  const operands = command.registeredArguments.map((each) => `- \`${each.name()}\`: ${each.description}`);
  const flags = command.options.map(({ flags, description, defaultValue }) => {
    const fallback =
      typeof defaultValue === 'string' || typeof defaultValue === 'number' ? ` (${String(defaultValue)})` : '';
    return `- \`${flags}\`: ${description}${fallback}`;
  });
  const formats = spec.formats.length === 0 ? [] : [`- \`-o\`: ${spec.formats.join(', ')}`];
  return [
    `### ${spec.name}`,
    command.description(),
    `\`clarityctl ${spec.name} ${command.usage()}\``,
    [...operands, ...flags, ...formats].join('\n'),
    ['```sh', ...spec.examples, '```'].join('\n'),
  ].join('\n\n');
}
