import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly recursive?: boolean;
}

export const explainCommand = defineCommand<Options>({
  name: 'explain',
  group: 'setup',
  summary: 'Tell what a field of a manifest means',
  details: 'Without a path: the whole document. A path may begin with a kind: policy.spec.tools.',
  examples: [
    'clarityctl explain spec.origin.local_stdio.command',
    'clarityctl explain spec --recursive',
    'clarityctl explain policy.spec.tools -o json',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command.argument('[path]', 'dotted path of a field').option('--recursive', 'the fields below too, as a tree'),
  run: async (context, args, options) => (await import('../run/explain.ts')).runExplain(context, args, options),
});
