import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly stdio?: boolean;
  readonly remote?: string;
  readonly wasm?: string;
  readonly filename?: string;
  readonly dir: string;
  readonly dryRun?: boolean;
}

export const newCommand = defineCommand<Options>({
  name: 'new',
  group: 'desired',
  summary: 'Write a manifest to start from',
  details:
    'Writes <dir>/NAME.yaml with a modeline for editors, and the schema into .clarity. Never overwrites a manifest. A daemon that watches the folder starts it. A Clarity program gets the grants that it asks for.',
  examples: [
    'clarityctl new files --stdio -- npx -y @modelcontextprotocol/server-filesystem ./docs',
    'clarityctl new search --remote https://example.com/mcp',
    'clarityctl new greeter --wasm greeter.clarity',
    'clarityctl new files --dry-run --stdio -- node server.js',
  ],
  formats: ['text', 'yaml'],
  configure: (command) =>
    command
      .argument('<name>', 'name of the service: lower-case letters, digits and dashes')
      .argument('[command...]', 'after --: the command of --stdio and its arguments')
      .option('--stdio', 'a local server that speaks MCP over stdin and stdout')
      .option('--remote <url>', 'a server that speaks MCP over HTTP')
      .option('--wasm <file>', 'a Clarity program, or a compiled module')
      .option('-f, --filename <file>', 'write to this file')
      .option('--dir <folder>', 'write to <folder>/NAME.yaml', 'services.d')
      .option('--dry-run', 'print the manifest instead (as -o yaml does)'),
  run: async (context, args, options) => (await import('../run/new.ts')).runNew(context, args, options),
});
