import type { StatusAnswer } from '../../wire/answers.ts';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { formatDuration } from '../../shared/duration.ts';
import { printable } from '../../shared/text.ts';

export const statusCommand = defineCommand({
  name: 'status',
  group: 'observed',
  summary: 'Tell how the daemon and its fleet are: JSON in a pipe, sentences on a terminal',
  examples: ['clarityctl status', 'clarityctl status -o json | jq .summary'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  async run(context) {
    const status = await context.client.status(context);
    if (printData(context, status)) return EXIT.ok;
    for (const [label, text] of factsOf(status, context.connection.url))
      context.print(`${context.paint.bold(label.padEnd(9))} ${printable(text)}`);
    return EXIT.ok;
  },
});

function factsOf(status: StatusAnswer, url: string): readonly (readonly [string, string])[] {
  const { runtime, gateway, summary, sources, workspace, ready, reasons } = status;
  const counts = (['running', 'degraded', 'stopped', 'quarantined'] as const).map(
    (word) => `${String(summary[word])} ${word}`,
  );
  return [
    [
      'daemon',
      `${runtime.version}, pid ${String(runtime.pid)}, up ${formatDuration(runtime.uptimeSeconds * 1000)}, at ${url}`,
    ],
    ['ready', ready ? 'yes' : `no: ${reasons.join('; ')}`],
    ['services', `${String(summary.total)}: ${counts.join(', ')}`],
    ['tools', `${String(gateway.tools)} at /mcp, about ${String(gateway.tokens)} tokens`],
    ...sources.map(
      ({ name, path, documents, errors }) =>
        ['source', `${name} ${path}: ${String(documents)} documents, ${String(errors)} errors`] as const,
    ),
    ['workspace', workspace],
  ];
}
