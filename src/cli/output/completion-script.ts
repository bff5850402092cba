import type { Command, Option } from 'commander';

/** What can be typed at one place of a command line: after the program, or after a command. */
interface Place {
  /** Words of the command, joined by blanks; empty for the program. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly meaning: string }[];
  /** Values of the first operand, where only some are allowed. */
  readonly choices: readonly string[];
}

/** A script for bash, zsh or fish that completes commands, flags and fixed operands, and file names elsewhere. */
export function completionScript(shell: string, program: Command): string {
  const places = placesOf(program, program.options, '');
  if (shell === 'fish') return fish(program.name(), places);
  return shell === 'zsh' ? zsh(program.name(), places) : bash(program.name(), places);
}

function placesOf(command: Command, globals: readonly Option[], path: string): readonly Place[] {
  const options = [...new Set([...command.options, ...globals])].filter(({ hidden }) => !hidden);
  const words = [
    ...command.commands.map((each) => ({ word: each.name(), meaning: each.summary() })),
    ...options.map(({ long, short, description }) => ({ word: long ?? short ?? '', meaning: description })),
    { word: '--help', meaning: 'show this help' },
  ];
  const choices = command.registeredArguments[0]?.argChoices ?? [];
  const below = command.commands.flatMap((each) => placesOf(each, globals, `${path} ${each.name()}`.trim()));
  return [{ path, words, choices }, ...below];
}

/** In single quotes, for every shell. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '’')}'`;
}

/** Shell code that finds the place: the longest of the known paths that the words so far spell. */
function walk(places: readonly Place[], words: string): string {
  const known = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return [
    "  local place='' word",
    `  for word in ${words}; do`,
    `    case "\${place:+$place }$word" in`,
    `      ${known.join('|')}) place="\${place:+$place }$word" ;;`,
    '    esac',
    '  done',
  ].join('\n');
}

function bash(name: string, places: readonly Place[]): string {
  const cases = places.map(({ path, words, choices }) => {
    const all = [...choices, ...words.map(({ word }) => word)].join(' ');
    return `    ${quoted(path)}) words=${quoted(all)} ;;`;
  });
  return `_${name}() {
${walk(places, `"\${COMP_WORDS[@]:1:COMP_CWORD-1}"`)}
  local words=''
  case "$place" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _${name} ${name}`;
}

function zsh(name: string, places: readonly Place[]): string {
  const cases = places.map(({ path, words, choices }) => {
    const described = words.map(({ word, meaning }) => quoted(`${word}:${meaning.replaceAll(':', ' ')}`));
    return `    ${quoted(path)}) choices=(${[...choices.map(quoted), ...described].join(' ')}) ;;`;
  });
  return `#compdef ${name}
_${name}() {
${walk(places, `"\${words[@]:1:CURRENT-2}"`)}
  local -a choices
  case "$place" in
${cases.join('\n')}
  esac
  _describe -t commands ${name} choices
  [[ "\${words[CURRENT]}" == -* ]] || _files
}
# Read from a folder of fpath this file is the function itself; sourced, it only declares it.
if [ "\${funcstack[1]}" = '_${name}' ]; then _${name} "$@"; else compdef _${name} ${name}; fi`;
}

function fish(name: string, places: readonly Place[]): string {
  const known = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const lines = places.flatMap(({ path, words, choices }) => {
    const at = `complete -c ${name} -n ${quoted(`__${name}_at "${path}"`)}`;
    const flag = (word: string) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${quoted(word)}`);
    return [
      ...choices.map((word) => `${at} -a ${quoted(word)}`),
      ...words.map(({ word, meaning }) => `${at} ${flag(word)} -d ${quoted(meaning)}`),
    ];
  });
  return `function __${name}_at
  set -l place ''
  for word in (commandline -opc)[2..-1]
    set -l longer (string trim -- "$place $word")
    contains -- $longer ${known.join(' ')}; and set place $longer
  end
  test "$place" = "$argv[1]"
end
${lines.join('\n')}`;
}
