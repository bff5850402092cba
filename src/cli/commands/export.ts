import { InvalidArgumentError } from 'commander';
import { EXPORT_CLIENTS, type ExportClient } from '../../setup/export/export-client.ts';
import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly client: ExportClient;
  readonly transport?: string;
  readonly endpoint?: string;
  readonly withTokenEnv?: string;
  readonly direct?: boolean;
  readonly filename: readonly string[];
}

export const exportCommand = defineCommand<Options>({
  name: 'export',
  group: 'setup',
  summary: 'Print the configuration that an MCP client needs',
  details:
    'Prints what goes into the client’s own file: an entry for the gateway, or with --direct the servers of your manifests as the client would start them itself. Nothing is written, and no secret is printed: references to variables stand in their place. What a file cannot say is told on stderr.',
  examples: [
    'clarityctl export --client cursor',
    'clarityctl export --client vscode --with-token-env CLARITYD_AUTH_TOKEN > .vscode/mcp.json',
    'clarityctl export --client codex --direct -f services.d',
  ],
  formats: [],
  configure: (command) =>
    command
      .option('--client <name>', EXPORT_CLIENTS.join(', '), exportClient, 'claude')
      .option('--transport <kind>', 'http or stdio (http; stdio for claude-desktop)')
      .option('--endpoint <url>', 'of transport http (the daemon’s /mcp)')
      .option('--with-token-env <name>', 'the client’s variable that holds the daemon’s token')
      .option('--direct', 'the servers themselves instead of the gateway')
      .option('-f, --filename <path...>', 'manifests of --direct: files, folders, or - for stdin', ['services.d']),
  run: async (context, _args, options) => (await import('../run/export.ts')).runExport(context, options),
});

function exportClient(text: string): ExportClient {
  const client = EXPORT_CLIENTS.find((each) => each === text);
  if (client === undefined) throw new InvalidArgumentError(`It must be one of ${EXPORT_CLIENTS.join(', ')}.`);
  return client;
}
