import { addOptions, type AddFlags } from '../add/add-options.ts';
import { defineCommand } from '../command.ts';

interface Options extends AddFlags {
  readonly source: string;
}

export const startSourceCommand = defineCommand<Options>({
  name: 'start-source',
  group: 'desired',
  summary: 'Old form of add',
  details: 'As clarityctl add FILE; kept for old scripts.',
  examples: ['clarityctl start-source --source mcp1.clarity'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) => addOptions(command.requiredOption('--source <file>', 'a .clarity file, or a folder')),
  async run(context, _args, { source, ...flags }) {
    context.warn('warning: start-source is the old form of clarityctl add');
    return (await import('../run/add.ts')).runAdd(context, source, flags);
  },
});
