import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

interface Options {
  readonly withSource?: boolean;
  readonly reset?: boolean;
}

export const reconcileCommand = defineCommand<Options>({
  name: 'reconcile',
  group: 'run',
  summary: 'Ask the daemon to look again at one service or at all',
  details: 'Changes no manifest.',
  examples: ['clarityctl reconcile', 'clarityctl reconcile files --with-source', 'clarityctl reconcile files --reset'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('[name]', 'name or service id; all services where absent')
      .option('--with-source', 'read the sources again first')
      .option('--reset', 'forget the back-off; never a quarantine'),
  async run(context, [name], { withSource = false, reset = false }) {
    const { client, signal } = context;
    const answer = await client.reconcile(name, { withSource, reset, signal });
    if (!printData(context, answer))
      context.print(`${name === undefined ? 'all services' : `service/${name}`} reconciled`);
    return EXIT.ok;
  },
});
