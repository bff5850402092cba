import { EXIT, type ExitCode } from './cli-error.ts';
import { drained, interruption, type CommandContext } from './command-context.ts';
import type { Listing } from './listing.ts';
import { renderJsonLine } from './output/format.ts';

/** The mark of what was printed last of each row, by `kind/name`. */
type Shown = Map<string, string>;

/**
 * Prints the listings, then every row that changes, until the signal fires. An event only says "look again":
 * one look answers all the events that came before it.
 */
export async function watchListings(
  context: CommandContext,
  fetch: () => Promise<readonly Listing[]>,
): Promise<ExitCode> {
  const { client, signal } = context;
  let seen = await newestEvent(context);
  let shown: Shown = new Map();
  const first = await fetch();
  const look = async (listings: readonly Listing[]) => {
    shown = printChanges(context, listings, first, shown);
    await drained(context);
  };
  printHeader(context, first);
  await look(first);
  const stream = client.followEvents({ afterSeq: seen, signal, onInterrupt: interruption(context) });
  for await (const event of stream) {
    if (event.seq <= seen) continue;
    seen = await newestEvent(context);
    await look(await fetch());
  }
  return EXIT.ok;
}

async function newestEvent({ client, signal }: CommandContext): Promise<number> {
  const { items } = await client.events({ limit: 1, signal });
  return items.at(-1)?.seq ?? 0;
}

function printHeader({ format, print }: CommandContext, listings: readonly Listing[]): void {
  const [only] = listings;
  if (only !== undefined && listings.length === 1 && (format === 'table' || format === 'wide'))
    print(only.header(only.widths));
}

function printChanges(
  context: CommandContext,
  now: readonly Listing[],
  first: readonly Listing[],
  before: Shown,
): Shown {
  const shown: Shown = new Map();
  now.forEach((listing, index) => {
    const widths = first[index]?.widths ?? listing.widths;
    listing.items.forEach((item, row) => {
      const key = `${listing.kind}/${listing.names[row] ?? ''}`;
      const mark = listing.mark(row);
      if (before.get(key) !== mark) context.print(rowText(context, listing, item, row, widths));
      shown.set(key, mark);
    });
  });
  for (const key of before.keys()) if (!shown.has(key)) context.warn(`${key} is gone`);
  return shown;
}

function rowText(
  { format }: CommandContext,
  listing: Listing,
  item: object,
  row: number,
  widths: readonly number[],
): string {
  if (format === 'name') return `${listing.kind}/${listing.names[row] ?? ''}`;
  if (format === 'table' || format === 'wide') return listing.line(row, widths);
  return renderJsonLine(item);
}
