import { defineCommand } from '../command.ts';
import { findingOptions, type FindingOptions } from '../output/finding-options.ts';

export const checkCommand = defineCommand<FindingOptions>({
  name: 'check',
  group: 'source',
  summary: 'Report errors and warnings without compiling',
  details:
    'Takes files and folders, with all that is below them; without any: as compile does. A finding in a shared import is told once.',
  examples: [
    'clarityc check',
    'clarityc check src tests',
    'clarityc check . --format github   # annotations in a workflow',
    'clarityc check main.clarity --format json --warnings deny',
  ],
  configure: (command) => findingOptions(command.argument('[paths...]', 'files and folders')),
  run: async (context, paths, options) => (await import('../run/check.ts')).runCheck(context, paths, options),
});
