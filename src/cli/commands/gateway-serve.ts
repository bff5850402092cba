import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import type { CommandFamily } from '../new-program.ts';

interface Options {
  readonly stdio?: boolean;
  readonly service?: string;
  readonly toolset?: string;
}

const GATEWAY: CommandFamily = {
  name: 'gateway',
  summary: 'Reach the gateway in another way than over HTTP',
  details: 'Clients that speak Streamable HTTP connect to the /mcp endpoint of the daemon directly.',
};

export const gatewayServeCommand = defineCommand<Options>({
  name: 'gateway serve',
  family: GATEWAY,
  group: 'setup',
  summary: 'Speak MCP on stdin and stdout, for clients that start a command',
  details:
    'Put it into the configuration of a client that only knows local servers: "mcpServers": {"clarity": {"command": "clarityctl", "args": ["gateway", "serve", "--stdio"]}}. It passes every message on to the gateway, in both directions at once, and outlives a restart of the daemon: a call that was under way gets an error with data.sent true, what comes meanwhile waits up to 30 s. It ends when stdin does. Only messages go to stdout.',
  examples: ['clarityctl gateway serve --stdio', 'clarityctl gateway serve --stdio --service files'],
  formats: [],
  configure: (command) =>
    command
      .option('--stdio', 'over stdin and stdout (required; the only way there is)')
      .option('--service <name>', 'only this service, its tools under their own names')
      .option('--toolset <name>', 'only this toolset'),
  async run({ connection, input, warn, signal }, _args, { stdio, service, toolset }) {
    if (stdio !== true) throw new CliError(EXIT.usage, 'say --stdio: clarityctl gateway serve --stdio');
    if (service !== undefined && toolset !== undefined)
      throw new CliError(EXIT.usage, '--service and --toolset exclude each other');
    const { runBridge } = await import('../bridge/bridge.ts');
    const { stdin, stdout } = input;
    await runBridge({ connection, path: pathOf(service, toolset), stdin, stdout, warn, signal });
    return EXIT.ok;
  },
});

function pathOf(service: string | undefined, toolset: string | undefined): string {
  if (service !== undefined) return `/mcp/s/${encodeURIComponent(service)}`;
  return toolset === undefined ? '/mcp' : `/mcp/t/${encodeURIComponent(toolset)}`;
}
