import type { EventItem } from '../../wire/types.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { drained, interruption, printData, type CommandContext } from '../command-context.ts';
import { durationOption, positiveInteger } from '../option-values.ts';
import { renderJsonLine } from '../output/format.ts';
import { eventColumns } from '../output/event-table.ts';
import { columnWidths, renderHeader, renderRow, renderTable } from '../output/table.ts';

interface Options {
  readonly watch?: boolean;
  readonly limit?: number;
  readonly since?: number;
}

/** Which events are wanted. */
interface Wanted {
  readonly service?: string;
  readonly limit: number;
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  /** Whoever asked for a time, and not for a number, wants all of it. */
  readonly wantsAll: boolean;
}

const DEFAULT_LIMIT = 100;
/** What the API lists at once: --since asks for all of them. */
const MAX_LIMIT = 2000;

export const eventsCommand = defineCommand<Options>({
  name: 'events',
  group: 'observed',
  summary: 'Print what happened, oldest first',
  details: 'With a name also of a service that is gone. With --watch JSON is one object a line.',
  examples: [
    'clarityctl events',
    'clarityctl events files --limit 20',
    'clarityctl events --since 10m',
    'clarityctl events -w -o json',
  ],
  formats: ['table', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('[name]', 'name or service id; all where absent')
      .option('-w, --watch', 'go on printing new events until Ctrl-C')
      .option('--since <duration>', 'only those of the last 10m, 2h, …', durationOption)
      .option('--limit <n>', 'how many of the newest events (100; with --since 2000)', positiveInteger),
  async run(context, [service], { watch = false, since, limit }) {
    const wanted: Wanted = {
      ...(service === undefined ? {} : { service }),
      limit: limit ?? (since === undefined ? DEFAULT_LIMIT : MAX_LIMIT),
      wantsAll: since !== undefined && limit === undefined,
      fromMs: since === undefined ? 0 : context.input.clock.now() - since,
    };
    return watch ? followEvents(context, wanted) : listEvents(context, wanted);
  },
});

async function listEvents(context: CommandContext, wanted: Wanted): Promise<ExitCode> {
  const { client, signal, paint, input, width } = context;
  const { service, limit } = wanted;
  const found = await client.events({ ...(service === undefined ? {} : { service }), limit, signal });
  // A service that is gone has a past; one that never was is refused, with the name that was meant.
  if (found.items.length === 0 && service !== undefined) await client.service(service, { signal });
  const items = found.items.filter((event) => isRecent(event, wanted));
  if (wanted.wantsAll && items.length === limit)
    context.warn(`only the newest ${String(limit)}; there may be more since then`);
  if (printData(context, { items })) return EXIT.ok;
  if (items.length === 0) context.warn('No events found.');
  else context.print(renderTable(eventColumns({ paint, now: input.clock.now() }), items, width));
  return EXIT.ok;
}

async function followEvents(context: CommandContext, wanted: Wanted): Promise<ExitCode> {
  const { client, signal, format, print, paint, width } = context;
  const { service, limit } = wanted;
  const columns = eventColumns({ paint });
  const widths = columnWidths(columns, [], true);
  const of = service === undefined ? {} : { service };
  // An unknown name is refused before anything is printed.
  if (service !== undefined) await client.service(service, { signal });
  if (format === 'table') print(renderHeader(columns, widths, width));
  for await (const event of client.followEvents({ limit, ...of, signal, onInterrupt: interruption(context) })) {
    if (!isRecent(event, wanted)) continue;
    print(format === 'table' ? renderRow(columns, widths, event, width) : renderJsonLine(event));
    await drained(context);
  }
  return EXIT.ok;
}

function isRecent({ at }: EventItem, { fromMs }: Wanted): boolean {
  return Date.parse(at) >= fromMs;
}
