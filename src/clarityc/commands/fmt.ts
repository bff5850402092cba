import { Option } from 'commander';
import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly write?: boolean;
  readonly check?: boolean;
}

export const fmtCommand = defineCommand<Options>({
  name: 'fmt',
  group: 'source',
  summary: 'Set programs in the style of the language',
  details: 'Prints the result, or with -w puts it into the files. A file that does not parse stays as it is: exit 1.',
  examples: [
    'clarityc fmt main.clarity',
    'clarityc fmt -w src',
    'clarityc fmt --check .   # in a workflow',
    'clarityc fmt - < main.clarity',
  ],
  configure: (command) =>
    command
      .argument('[paths...]', 'files and folders, or - for stdin; without any: as compile does')
      .option('-w, --write', 'write the files; print the names of those that changed')
      .addOption(
        new Option(
          '--check',
          'print the names of files that are not in the style, and exit 1 if there are any',
        ).conflicts('write'),
      ),
  run: async (context, paths, options) => (await import('../run/fmt.ts')).runFmt(context, paths, options),
});
