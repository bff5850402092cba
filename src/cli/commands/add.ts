import { addOptions, type AddFlags } from '../add/add-options.ts';
import { defineCommand } from '../command.ts';

export const addCommand = defineCommand<AddFlags>({
  name: 'add',
  group: 'desired',
  summary: 'Make a Clarity program a service with callable tools',
  details:
    'SERVICE is a .clarity file (the ending may be left out) or a folder with clarity.json or main.clarity. Compiles it for early errors, writes its manifest through the daemon ' +
    'with the grants that the program asks for and no others, and waits until it is ready. Adding it again changes what has changed.',
  examples: [
    'clarityctl add mcp1',
    'clarityctl add examples/clarity/calculator',
    'clarityctl add weather.clarity --allow-host api.example.com --secret WEATHER_KEY',
    'clarityctl add clerk.clarity --service-type agent --agent-role Clerk --agent-objective "Sorts letters."',
    'clarityctl add mcp1 --dry-run > services.d/mcp1.yaml',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) => addOptions(command.argument('<service>', 'a .clarity file, or a folder')),
  run: async (context, [service = ''], flags) => (await import('../run/add.ts')).runAdd(context, service, flags),
});
