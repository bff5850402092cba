import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly filename?: readonly string[];
  readonly recursive?: boolean;
  readonly probe?: boolean;
}

export const diffCommand = defineCommand<Options>({
  name: 'diff',
  group: 'desired',
  summary: 'Say what apply would change and do, or what is not as desired',
  details:
    'Prints the changes of the manifests, then the actions, each line beginning with start, restart, replace, stop or remove. ' +
    'With --probe each service that should run is started aside, asked what it offers, and stopped again: then also what clients would gain, lose or see change, ' +
    'and about how many tokens its list of tools takes. A candidate that does not come up is a difference. ' +
    'CLARITY_EXTERNAL_DIFF names a program that shows the changes instead; it gets two folders. ' +
    'Without -f: compares what is desired with what runs. Exit 0: no difference; 1: differences; 2: cannot tell.',
  examples: [
    'clarityctl diff -f files.yaml',
    'clarityctl diff -f files.yaml --probe',
    'clarityctl diff -f manifests/ -R -o json',
    'clarityctl diff',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command
      .option('-f, --filename <path...>', 'files, folders, or - for stdin')
      .option('-R, --recursive', 'folders with all folders below')
      .option('--probe', 'start the services of -f aside and compare what clients would see'),
  run: async (context, args, options) => (await import('../run/diff.ts')).runDiff(context, args, options),
});
