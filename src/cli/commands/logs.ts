import { printable } from '../../shared/text.ts';
import type { LogItem } from '../../wire/types.ts';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { drained, interruption, type CommandContext } from '../command-context.ts';
import { renderJsonLine } from '../output/format.ts';
import { positiveInteger } from '../option-values.ts';

interface Options {
  readonly follow?: boolean;
  readonly limit: number;
}

export const logsCommand = defineCommand<Options>({
  name: 'logs',
  group: 'observed',
  summary: 'Print what a service wrote',
  details: 'One line each: [time] text. JSON is one object a line.',
  examples: ['clarityctl logs files', 'clarityctl logs files -f', 'clarityctl logs files --limit 1000 -o json'],
  formats: ['text', 'json'],
  configure: (command) =>
    command
      .argument('<name>', 'name or service id')
      .option('-f, --follow', 'go on printing new lines until Ctrl-C')
      .option('--limit <n>', 'how many of the newest lines', positiveInteger, 200),
  async run(context, [name = ''], { follow = false, limit }) {
    const { client, signal } = context;
    // The logs of an unknown service are empty, as in the original; a person wants to hear of the typing error.
    await client.service(name, { signal });
    if (!follow) {
      const { items } = await client.logs(name, { limit, signal });
      for (const line of items) printLine(context, line);
      return EXIT.ok;
    }
    for await (const line of client.followLogs(name, {
      limit,
      signal,
      onInterrupt: interruption(context),
    })) {
      printLine(context, line);
      await drained(context);
    }
    return EXIT.ok;
  },
});

function printLine({ format, print, paint }: CommandContext, line: LogItem): void {
  if (format === 'json') return print(renderJsonLine(line));
  const text = printable(line.text);
  print(`${paint.dim(`[${line.at}]`)} ${line.stream === 'runtime' ? paint.cyan(text) : text}`);
}
