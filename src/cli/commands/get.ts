import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData, type CommandContext } from '../command-context.ts';
import { parseSelector } from '../label-selector.ts';
import { suggest } from '../../shared/suggest.ts';
import { oneLine, printable } from '../../shared/text.ts';
import { fetchListing, type Listing, type ListRequest, type Resource } from '../listing.ts';
import { policies, services, sources, tools, toolsets } from '../resources.ts';
import { watchListings } from '../watch-listings.ts';

interface Options {
  readonly selector?: string;
  readonly watch?: boolean;
}

const MAX_UNLISTED = 10;

type Fetch = (context: CommandContext, request: ListRequest) => Promise<Listing>;

const fetchOf =
  <Row extends object>(resource: Resource<Row>): Fetch =>
  (context, request) =>
    fetchListing(resource, context, request);

const SERVICES = fetchOf(services);
const POLICIES = fetchOf(policies);
const SOURCES = fetchOf(sources);
const TOOLS = fetchOf(tools);
const TOOLSETS = fetchOf(toolsets);

/** What a person may type for each kind. */
const KINDS = new Map<string, readonly Fetch[]>([
  ['services', [SERVICES]],
  ['service', [SERVICES]],
  ['policies', [POLICIES]],
  ['policy', [POLICIES]],
  ['sources', [SOURCES]],
  ['source', [SOURCES]],
  ['tools', [TOOLS]],
  ['tool', [TOOLS]],
  ['toolsets', [TOOLSETS]],
  ['toolset', [TOOLSETS]],
  ['all', [SERVICES, POLICIES, TOOLSETS, SOURCES]],
]);

export const getCommand = defineCommand<Options>({
  name: 'get',
  group: 'observed',
  summary: 'List services, policies, sources, tools or toolsets',
  details:
    'Without a kind: services. JSON and YAML are {items: […]}, or the item itself where exactly one name is given; with --watch one JSON value a line.',
  examples: [
    'clarityctl get',
    'clarityctl get files -o yaml',
    'clarityctl get services -l team=docs -o wide',
    'clarityctl get tools -o name',
    'clarityctl get -w',
  ],
  formats: ['table', 'wide', 'json', 'yaml', 'name'],
  configure: (command) =>
    command
      .argument('[kind]', 'services, policies, sources, tools, toolsets or all')
      .argument('[names...]', 'only these')
      .option('-l, --selector <labels>', 'only those with these labels: k=v, k!=v, k, !k')
      .option('-w, --watch', 'go on printing what changes until Ctrl-C'),
  async run(context, args, { selector, watch = false }) {
    const [first = 'services', ...rest] = args;
    const kind = KINDS.get(first);
    const request: ListRequest = {
      names: kind === undefined ? args : rest,
      follows: watch,
      ...(selector === undefined ? {} : { selector: parseSelector(selector) }),
    };
    const fetch = () => Promise.all((kind ?? [SERVICES]).map((each) => each(context, request)));
    if (watch) return watchListings(context, fetch);
    const exit = printListings(context, await fetch(), request);
    const isOverview = args.length === 0 && selector === undefined;
    if (isOverview && (context.format === 'table' || context.format === 'wide')) await warnOfUnlisted(context);
    return exit;
  },
});

function printListings(context: CommandContext, listings: readonly Listing[], request: ListRequest): ExitCode {
  const items = listings.flatMap((listing) => listing.items);
  const missing = request.names.filter((name) => listings.every((listing) => listing.missing.includes(name)));
  const noun = listings.length === 1 ? listings[0] : undefined;
  for (const name of missing)
    context.warn(`${noun?.kind ?? 'resource'} "${printable(name)}" not found${meant(name, listings)}`);
  if (missing.length > 0 && items.length === 0) return EXIT.no;
  const [only] = items;
  if (!printData(context, request.names.length === 1 && items.length === 1 && only !== undefined ? only : { items })) {
    if (items.length === 0) context.warn(`No ${noun?.plural ?? 'resources'} found.`);
    printText(
      context,
      listings.filter((listing) => listing.items.length > 0),
    );
  }
  return missing.length === 0 ? EXIT.ok : EXIT.no;
}

/** A file that never held a service shows in no row: what is wrong in it would be looked for in the log. */
async function warnOfUnlisted({ client, signal, warn }: CommandContext): Promise<void> {
  const [{ items: found }, { items: listed }] = await Promise.all([
    client.diagnostics({ signal }),
    client.services({ signal }),
  ]);
  const names = new Set(listed.map(({ name }) => name));
  const errors = found.filter(({ severity, name }) => severity === 'error' && (name === undefined || !names.has(name)));
  for (const { file, line, column, message } of errors.slice(0, MAX_UNLISTED))
    warn(oneLine(`${file}:${String(line)}:${String(column)} ${message}`, 500));
  if (errors.length > MAX_UNLISTED) warn(`and ${String(errors.length - MAX_UNLISTED)} more: clarityctl validate`);
}

function printText({ format, print }: CommandContext, listings: readonly Listing[]): void {
  if (format === 'name') {
    for (const { kind, names } of listings) for (const name of names) print(`${kind}/${printable(name)}`);
    return;
  }
  listings.forEach((listing, index) => {
    if (index > 0) print('');
    print(listing.header(listing.widths));
    listing.items.forEach((_, row) => print(listing.line(row, listing.widths)));
  });
}

/** What a name that is not there may have been meant as: another name, or a kind. */
function meant(name: string, listings: readonly Listing[]): string {
  const near = suggest(name, [...listings.flatMap(({ known }) => known), ...KINDS.keys()]);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
