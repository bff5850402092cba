import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly function: string;
  readonly args?: readonly string[];
}

export const runCommand = defineCommand<Options>({
  name: 'run',
  group: 'run',
  summary: 'Compile a program and call one of its functions',
  details:
    'Arguments are read by the types of the parameters: a number, a text with or without quotes, true or false, JSON for everything else. The same list is what get_args gives. Prints the result where it is not Unit; a program that calls exit ends with that code.',
  examples: [
    'clarityc run',
    'clarityc run main.clarity -f greet -a Ada',
    'clarityc run shop.clarity -f total -a \'[{"price": 3}]\' 0.2',
  ],
  configure: (command) =>
    command
      .argument('[file]', 'the entry of the program')
      .option('-f, --function <name>', 'the function to call', 'main')
      .option('-a, --args <values...>', 'its arguments'),
  run: async (context, [file], options) => (await import('../run/run.ts')).runRun(context, file, options),
});
