import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly json?: boolean;
}

export const explainCommand = defineCommand<Options>({
  name: 'explain',
  group: 'learn',
  summary: 'Tell what a finding means and how to mend it',
  details: 'Takes the code or the name of a finding; without one it lists them all.',
  examples: ['clarityc explain E306', 'clarityc explain non-exhaustive', 'clarityc explain'],
  configure: (command) => command.argument('[code]', 'such as E306 or arg-type').option('--json', 'for a program'),
  run: async (context, [code], options) => (await import('../run/explain.ts')).runExplain(context, code, options),
});
