import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { renderDescribePage } from '../output/describe-page.ts';

const EVENTS = 20;
const LOG_LINES = 20;

export const describeCommand = defineCommand({
  name: 'describe',
  group: 'observed',
  summary: 'Show one service as a page: where it comes from, what is wrong, what happens next',
  examples: ['clarityctl describe files', 'clarityctl describe files -o json'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.argument('<name>', 'name or service id'),
  async run(context, [name = '']) {
    const { client, signal } = context;
    const [{ service }, history, events, logs] = await Promise.all([
      client.service(name, { signal }),
      client.history(name, { signal }),
      client.serviceEvents(name, { limit: EVENTS, signal }),
      client.logs(name, { limit: LOG_LINES, signal }),
    ]);
    const page = { record: service, history: history.items, events: events.items, logs: logs.items };
    const { record, ...rest } = page;
    if (!printData(context, { service: record, ...rest })) {
      const { paint, width } = context;
      context.print(renderDescribePage(page, { paint, width, now: context.input.clock.now() }));
    }
    return EXIT.ok;
  },
});
