import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { serviceColumns } from '../output/service-table.ts';
import { renderTable } from '../output/table.ts';

export const listCommand = defineCommand({
  name: 'list',
  group: 'observed',
  summary: 'List the services: JSON in a pipe, a table on a terminal',
  details: 'For people and new scripts, get says more.',
  examples: ['clarityctl list', 'clarityctl list | jq ".items[].lifecycle"'],
  formats: ['table', 'json', 'yaml'],
  piped: 'json',
  async run(context) {
    const list = await context.client.services(context);
    if (!printData(context, list))
      context.print(renderTable(serviceColumns(context.paint, false), list.items, context.width));
    return EXIT.ok;
  },
});
