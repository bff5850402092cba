import { findCondition } from '../../shared/condition.ts';
import { oneLine } from '../../shared/text.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData, type CommandContext } from '../command-context.ts';

interface Options {
  readonly confirm?: string;
}

/** What waits of one source. */
interface Held {
  readonly source: string;
  /** What `--confirm` takes. */
  readonly revision: string;
  readonly services: readonly string[];
}

const MAX_NAMED = 20;

export const pruneCommand = defineCommand<Options>({
  name: 'prune',
  group: 'desired',
  summary: 'Agree that services whose manifests vanished in one go are stopped',
  details:
    'A source that loses many manifests at once is held back until somebody confirms its revision. Without --confirm: lists what waits, with that revision, and changes nothing (exit 0).',
  examples: ['clarityctl prune', 'clarityctl prune --confirm dir@sha256:0123abcd'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.option('--confirm <revision>', 'the revision of the source, as it is shown'),
  async run(context, _args, { confirm }) {
    if (confirm === undefined) return list(context);
    const answer = await context.client.confirmPrune(confirm, { signal: context.signal });
    if (!printData(context, answer)) context.print(`prune of ${confirm} confirmed`);
    return EXIT.ok;
  },
});

async function list(context: CommandContext): Promise<ExitCode> {
  const items = await heldBack(context);
  if (printData(context, { items })) return EXIT.ok;
  if (items.length === 0) context.warn('Nothing waits for a confirmation.');
  for (const { source, revision, services } of items) {
    const more = services.length > MAX_NAMED ? ` and ${String(services.length - MAX_NAMED)} more` : '';
    const names = services.slice(0, MAX_NAMED).join(', ');
    const what = `${source}: ${String(services.length)} service${services.length === 1 ? '' : 's'}`;
    context.print(
      oneLine(`${what} without a manifest run${services.length === 1 ? 's' : ''} on: ${names}${more}`, 2000),
    );
    context.print(oneLine(`to have them stopped: clarityctl prune --confirm ${revision}`, 500));
  }
  return EXIT.ok;
}

async function heldBack({ client, signal }: CommandContext): Promise<readonly Held[]> {
  const [{ items: services }, { items: sources }] = await Promise.all([
    client.services({ signal }),
    client.sources({ signal }),
  ]);
  const waiting = services.filter(
    ({ status }) => findCondition(status.conditions, 'Synced')?.reason === 'PruneBlocked',
  );
  return sources.flatMap(({ name, revision }) => {
    const names = waiting.filter(({ origin }) => origin.source === name).map((service) => service.name);
    return names.length === 0 ? [] : [{ source: name, revision, services: names }];
  });
}
