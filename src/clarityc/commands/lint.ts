import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly json?: boolean;
}

export const lintCommand = defineCommand<Options>({
  name: 'lint',
  group: 'source',
  summary: 'Report what a program holds in vain',
  details:
    'Unused imports, functions, constants, types and variables: exit 1 if there are any. A name that begins with _ is left alone.',
  examples: ['clarityc lint', 'clarityc lint src --json'],
  configure: (command) =>
    command
      .argument('[paths...]', 'files and folders; without any: as compile does')
      .option('--json', 'findings as JSON on stdout, as compile --format json'),
  run: async (context, paths, options) => (await import('../run/lint.ts')).runLint(context, paths, options),
});
