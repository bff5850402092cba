import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly output?: string;
  readonly function: string;
  readonly selfContained?: boolean;
}

export const packCommand = defineCommand<Options>({
  name: 'pack',
  group: 'build',
  summary: 'Make a program that node runs by itself',
  details:
    'Writes a launcher with the module inside. It uses the host of this installation; with --self-contained it carries the host too, and needs nothing but node. Arguments of its command line go to the function as with run -a.',
  examples: ['clarityc pack main.clarity -o greet.mjs -f greet', 'clarityc pack --self-contained && ./main.mjs'],
  configure: (command) =>
    command
      .argument('[file]', 'the entry of the program')
      .option('-o, --output <file>', 'where to write the launcher (the name of the entry with .mjs)')
      .option('-f, --function <name>', 'the function to call', 'main')
      .option('--self-contained', 'carry the host inside'),
  run: async (context, [file], options) => (await import('../run/pack.ts')).runPack(context, file, options),
});
