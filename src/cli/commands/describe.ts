import { printable } from '../../shared/text.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData, type CommandContext } from '../command-context.ts';
import { renderDescribePage } from '../output/describe-page.ts';
import { renderSourcePage } from '../output/source-page.ts';
import { renderToolsetPage } from '../output/toolset-page.ts';

const EVENTS = 20;
const LOG_LINES = 20;

export const describeCommand = defineCommand({
  name: 'describe',
  group: 'observed',
  summary: 'Show one service as a page: where it comes from, what is wrong, what happens next',
  details:
    'Or a toolset: which tools it has, of whom, and what listing them costs. Or a source: its commit, and what is wrong with it.',
  examples: [
    'clarityctl describe files',
    'clarityctl describe files -o json',
    'clarityctl describe toolset/reading',
    'clarityctl describe source/team',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.argument('<name>', 'a service (name or id), toolset/NAME or source/NAME'),
  async run(context, [name = '']) {
    const toolset = /^toolset\/(.*)$/s.exec(name)?.[1];
    if (toolset !== undefined) return describeToolset(context, toolset);
    const of = /^source\/(.*)$/s.exec(name)?.[1];
    if (of !== undefined) return describeSource(context, of);
    const { client, signal } = context;
    const [{ service }, sources, history, events, logs] = await Promise.all([
      client.service(name, { signal }),
      client.sources({ signal }),
      client.history(name, { signal }),
      client.serviceEvents(name, { limit: EVENTS, signal }),
      client.logs(name, { limit: LOG_LINES, signal }),
    ]);
    const source = sources.items.find((each) => each.name === service.origin.source);
    const lists = { history: history.items, events: events.items, logs: logs.items };
    const page = { record: service, ...(source && { source }), ...lists };
    const { record, ...rest } = page;
    if (!printData(context, { service: record, ...rest })) {
      const { paint, width } = context;
      context.print(renderDescribePage(page, { paint, width, now: context.input.clock.now() }));
    }
    return EXIT.ok;
  },
});

async function describeToolset(context: CommandContext, name: string): Promise<ExitCode> {
  const { client, connection, paint, signal, width } = context;
  const answer = await client.toolset(name, { signal });
  if (!printData(context, answer))
    context.print(renderToolsetPage(answer.toolset, { paint, width, url: connection.url }));
  return EXIT.ok;
}

async function describeSource(context: CommandContext, name: string): Promise<ExitCode> {
  const { client, input, paint, signal, width } = context;
  const [sources, diagnostics] = await Promise.all([client.sources({ signal }), client.diagnostics({ signal })]);
  const source = sources.items.find((each) => each.name === name);
  if (source === undefined) {
    context.warn(`source "${printable(name)}" not found`);
    return EXIT.no;
  }
  const page = { source, diagnostics: diagnostics.items.filter((each) => each.source === name) };
  if (!printData(context, page)) context.print(renderSourcePage(page, { paint, width, now: input.clock.now() }));
  return EXIT.ok;
}
