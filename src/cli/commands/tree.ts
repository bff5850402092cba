import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { renderTree } from '../output/tree-lines.ts';
import { buildServiceTree } from '../service-tree.ts';

export const treeCommand = defineCommand({
  name: 'tree',
  group: 'observed',
  summary: 'Show what comes from what: source, file, service, generation, what runs, and what it depends on',
  details: 'With a name only its branch, and all that it depends on down to the last.',
  examples: ['clarityctl tree', 'clarityctl tree files', 'clarityctl tree -o json'],
  formats: ['text', 'json', 'yaml'],
  configure: (command) => command.argument('[name]', 'name or service id; the whole fleet where absent'),
  async run(context, [id]) {
    const { client, signal, paint, input } = context;
    const name = id === undefined ? undefined : (await client.service(id, { signal })).service.name;
    const [sources, services, diagnostics] = await Promise.all([
      client.sources({ signal }),
      client.services({ signal }),
      client.diagnostics({ signal }),
    ]);
    const fleet = { sources: sources.items, services: services.items, diagnostics: diagnostics.items };
    const items = buildServiceTree(fleet, name);
    if (printData(context, { items })) return EXIT.ok;
    if (items.length === 0) context.warn('No sources found.');
    else context.print(renderTree(items, paint, input.clock.now()));
    return EXIT.ok;
  },
});
