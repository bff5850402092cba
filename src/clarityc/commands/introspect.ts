import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly builtins?: boolean;
  readonly effects?: boolean;
  readonly types?: boolean;
  readonly interface?: string;
}

export const introspectCommand = defineCommand<Options>({
  name: 'introspect',
  group: 'learn',
  summary: 'Print what the language has, or what a program offers, as JSON',
  details: 'Without a flag: builtins, effects and types together.',
  examples: [
    'clarityc introspect --builtins',
    'clarityc introspect --effects',
    'clarityc introspect --interface main.clarity',
    'clarityc introspect --interface main.wasm',
  ],
  configure: (command) =>
    command
      .option('--builtins', 'the builtin functions')
      .option('--effects', 'the effects and which builtins have them')
      .option('--types', 'the built-in types')
      .option('--interface <file>', 'the functions and types of a program, from its source or its wasm'),
  run: async (context, _args, options) => (await import('../run/introspect.ts')).runIntrospect(context, options),
});
