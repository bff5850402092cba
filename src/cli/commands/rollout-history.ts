import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { ROLLOUT } from '../rollout-family.ts';
import { generationNumber } from '../option-values.ts';
import { dataRenderer } from '../output/format.ts';
import { historyColumns, historyLine } from '../output/history-table.ts';
import { renderTable } from '../output/table.ts';

interface Options {
  readonly revision?: number;
}

export const rolloutHistoryCommand = defineCommand<Options>({
  name: 'rollout history',
  family: ROLLOUT,
  group: 'desired',
  summary: 'List the last 10 generations of a service, oldest first, or show one',
  details:
    'A generation begins when the document means something else: labels, comments and order make none. With --revision prints its document as it was written; values that may be secret are masked, which undo never uses.',
  examples: [
    'clarityctl rollout history files',
    'clarityctl rollout history files --revision 3',
    'clarityctl rollout history files -o wide',
  ],
  formats: ['table', 'wide', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('<name>', 'name or service id')
      .option('--revision <n>', 'the generation whose document to print', generationNumber),
  async run(context, [name = ''], { revision }) {
    const { client, signal, format, input, width } = context;
    if (revision !== undefined) {
      const entry = await client.generation(name, revision, { signal });
      if (printData(context, entry)) return EXIT.ok;
      const yaml = await dataRenderer('yaml');
      context.print(`# ${historyLine(entry)}\n${yaml?.(entry.document) ?? ''}`);
      return EXIT.ok;
    }
    const answer = await client.history(name, { signal });
    if (printData(context, answer)) return EXIT.ok;
    const columns = historyColumns(input.clock.now(), format === 'wide');
    if (answer.items.length === 0) context.warn('No generations found.');
    else context.print(renderTable(columns, answer.items, width));
    return EXIT.ok;
  },
});
