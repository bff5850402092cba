import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly strict?: boolean;
}

export const validateCommand = defineCommand<Options>({
  name: 'validate',
  group: 'desired',
  summary: 'Check manifests without a daemon',
  details: 'Exit 0: all are valid; 1: at least one is not; 2: a path cannot be read.',
  examples: [
    'clarityctl validate',
    'clarityctl validate services.d/files.yaml --strict',
    'clarityctl validate -o github   # annotations in a workflow',
    'clarityctl validate -o sarif > findings.sarif',
  ],
  formats: ['text', 'json', 'github', 'sarif'],
  configure: (command) =>
    command
      .argument('[paths...]', 'files, folders (and one level below), or - for stdin (./services.d)')
      .option('--strict', 'warnings count as errors'),
  run: async (context, args, options) => (await import('../run/validate.ts')).runValidate(context, args, options),
});
