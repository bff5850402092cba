import type { Command } from 'commander';

/** A command as its section of the reference shows it. */
export interface ReferenceEntry {
  readonly group: string;
  /** Registered, with its flags and operands. */
  readonly command: Command;
  readonly examples: readonly string[];
  /** Further lines of the list of flags. */
  readonly notes: readonly string[];
}

/** What the reference of one command line is made of. */
export interface ReferenceSource {
  readonly program: Command;
  /** Headings of the groups by their keys, in their order. */
  readonly groups: Readonly<Record<string, string>>;
  readonly entries: readonly ReferenceEntry[];
  readonly exitCodes: string;
}

/** The reference of a command line as Markdown, generated from the commands themselves. */
export function renderReference({ program, groups, entries, exitCodes }: ReferenceSource): string {
  const name = program.name();
  const sections = Object.entries(groups).map(([group, heading]) => {
    const pages = entries.filter((entry) => entry.group === group).map((entry) => renderEntry(name, entry));
    return [`## ${heading.replace(/:$/, '')}`, ...pages].join('\n\n');
  });
  return [
    `# ${name}`,
    `${program.description()} This page is generated; \`${name} COMMAND --help\` says the same.`,
    '## Every command',
    program.options.map(({ flags, description }) => `- \`${flags}\`: ${description}`).join('\n'),
    `Exit codes: ${exitCodes}`,
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function renderEntry(executable: string, { command, examples, notes }: ReferenceEntry): string {
  const operands = command.registeredArguments.map((each) => `- \`${each.name()}\`: ${each.description}`);
  const flags = command.options.map(({ flags: written, description, defaultValue }) => {
    const fallback =
      typeof defaultValue === 'string' || typeof defaultValue === 'number' ? ` (${String(defaultValue)})` : '';
    return `- \`${written}\`: ${description}${fallback}`;
  });
  const list = [...operands, ...flags, ...notes].join('\n');
  return [
    `### ${typedName(command)}`,
    command.description(),
    `\`${executable} ${typedName(command)} ${command.usage()}\``,
    ...(list === '' ? [] : [list]),
    ['```sh', ...examples, '```'].join('\n'),
  ].join('\n\n');
}

/** With the family in front, without the program. */
function typedName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${typedName(parent)} ${command.name()}` : command.name();
}
