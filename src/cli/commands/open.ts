import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

export const openCommand = defineCommand({
  name: 'open',
  group: 'observed',
  summary: 'Print the address of the daemon’s page, for a browser',
  details: 'Asks first whether the daemon is there.',
  examples: ['clarityctl open', 'clarityctl open | xargs xdg-open'],
  formats: ['text', 'json', 'yaml'],
  async run(context) {
    await context.client.ready(context);
    const url = new URL('/status', context.connection.url).href;
    if (!printData(context, { url })) context.print(url);
    return EXIT.ok;
  },
});
