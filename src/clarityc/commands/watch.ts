import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly output?: string;
}

export const watchCommand = defineCommand<Options>({
  name: 'watch',
  group: 'build',
  summary: 'Compile again whenever a file of the program changes',
  details: 'Looks at the entry and at all that it imports, also at what is still missing. Ctrl-C ends it.',
  examples: ['clarityc watch', 'clarityc watch main.clarity -o build/service.wasm'],
  configure: (command) =>
    command
      .argument('[file]', 'the entry of the program')
      .option('-o, --output <file>', 'where to write the module (the name of the entry with .wasm)'),
  run: async (context, [file], options) => (await import('../run/watch.ts')).runWatch(context, file, options),
});
