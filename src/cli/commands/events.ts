import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { drained, interruption, printData, type CommandContext } from '../command-context.ts';
import { positiveInteger } from '../option-values.ts';
import { renderJsonLine } from '../output/format.ts';
import { eventColumns } from '../output/event-table.ts';
import { columnWidths, renderHeader, renderRow, renderTable } from '../output/table.ts';

interface Options {
  readonly watch?: boolean;
  readonly limit: number;
}

export const eventsCommand = defineCommand<Options>({
  name: 'events',
  group: 'observed',
  summary: 'Print what happened, oldest first',
  details: 'With --watch JSON is one object a line.',
  examples: ['clarityctl events', 'clarityctl events files --limit 20', 'clarityctl events -w -o json'],
  formats: ['table', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('[name]', 'name or service id; all where absent')
      .option('-w, --watch', 'go on printing new events until Ctrl-C')
      .option('--limit <n>', 'how many of the newest events', positiveInteger, 100),
  async run(context, [name], { watch = false, limit }) {
    if (name !== undefined) await context.client.service(name, context);
    if (watch) return followEvents(context, name, limit);
    const { client, signal } = context;
    const { items } =
      name === undefined ? await client.events({ limit, signal }) : await client.serviceEvents(name, { limit, signal });
    if (printData(context, { items })) return EXIT.ok;
    if (items.length === 0) context.warn('No events found.');
    else
      context.print(
        renderTable(eventColumns({ paint: context.paint, now: context.input.clock.now() }), items, context.width),
      );
    return EXIT.ok;
  },
});

async function followEvents(context: CommandContext, name: string | undefined, limit: number): Promise<ExitCode> {
  const { client, signal, format, print, paint, width } = context;
  const columns = eventColumns({ paint });
  const widths = columnWidths(columns, []);
  if (format === 'table') print(renderHeader(columns, widths, width));
  const service = name === undefined ? {} : { service: name };
  const stream = client.followEvents({ limit, ...service, signal, onInterrupt: interruption(context) });
  for await (const event of stream) {
    print(format === 'table' ? renderRow(columns, widths, event, width) : renderJsonLine(event));
    await drained(context);
  }
  return EXIT.ok;
}
