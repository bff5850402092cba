import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

interface Options {
  readonly confirm: string;
}

export const pruneCommand = defineCommand<Options>({
  name: 'prune',
  group: 'desired',
  summary: 'Agree that services whose manifests vanished in one go are stopped',
  details:
    'A source that loses many manifests at once is held back until somebody confirms the revision that `get sources` shows.',
  examples: ['clarityctl get sources -o wide', 'clarityctl prune --confirm dir@sha256:0123abcd'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.requiredOption('--confirm <revision>', 'the revision of the source, as it is shown'),
  async run(context, _args, { confirm }) {
    const answer = await context.client.confirmPrune(confirm, { signal: context.signal });
    if (!printData(context, answer)) context.print(`prune of ${confirm} confirmed`);
    return EXIT.ok;
  },
});
