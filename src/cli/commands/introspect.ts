import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';

export const introspectCommand = defineCommand({
  name: 'introspect',
  group: 'run',
  summary: 'Read a service’s tools, resources and prompts anew',
  examples: ['clarityctl introspect files', 'clarityctl introspect files -o json | jq ".interface.tools[].name"'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) => command.argument('<id>', 'name or service id'),
  async run(context, [id = '']) {
    const answer = await context.client.introspect(id, context);
    if (printData(context, answer)) return EXIT.ok;
    const { tools, resources, prompts } = answer.interface;
    const counts = Object.entries({ tools, resources, prompts }).map(
      ([kind, list]) => `${String(list.length)} ${kind}`,
    );
    context.print(`service/${id}: ${counts.join(', ')}`);
    return EXIT.ok;
  },
});
