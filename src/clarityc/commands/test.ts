import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly json?: boolean;
  readonly failFast?: boolean;
  readonly filter?: string;
}

export const testCommand = defineCommand<Options>({
  name: 'test',
  group: 'run',
  summary: 'Run the tests of programs',
  details:
    'A test is a function without parameters whose name begins with test_ and that has the effect Test. The tests of a file run in their order in one instance.',
  examples: ['clarityc test', 'clarityc test src --fail-fast', 'clarityc test main.clarity --filter greet --json'],
  configure: (command) =>
    command
      .argument('[paths...]', 'files and folders; without any: as compile does')
      .option('--json', 'one JSON object a file; what programs print goes to stderr')
      .option('--fail-fast', 'stop at the first failure')
      .option('--filter <text>', 'only tests with this text in their names'),
  run: async (context, paths, options) => (await import('../run/test.ts')).runTest(context, paths, options),
});
