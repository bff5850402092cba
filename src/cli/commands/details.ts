import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { positiveInteger } from '../option-values.ts';

interface Options {
  readonly logLimit: number;
  readonly eventLimit: number;
  readonly callLimit: number;
}

export const detailsCommand = defineCommand<Options>({
  name: 'details',
  group: 'observed',
  summary: 'Print all that the daemon knows of one service as JSON',
  details: 'For people, describe says the same as a page.',
  examples: ['clarityctl details files', 'clarityctl details files --log-limit 200 -o yaml'],
  formats: ['json', 'yaml'],
  configure: (command) =>
    command
      .argument('<id>', 'name or service id')
      .option('--log-limit <n>', 'log lines', positiveInteger, 50)
      .option('--event-limit <n>', 'events', positiveInteger, 100)
      .option('--call-limit <n>', 'tool calls', positiveInteger, 20),
  async run(context, [id = ''], limits) {
    printData(context, await context.client.details(id, { ...limits, signal: context.signal }));
    return EXIT.ok;
  },
});
