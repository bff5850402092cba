import { defineCommand } from '../command.ts';
import { clientList } from '../option-values.ts';

/** The flags of the command. */
export interface Options {
  readonly clients: readonly ('codex' | 'claude')[];
  readonly transport: string;
  readonly endpoint?: string;
  readonly withTokenEnv?: string;
  readonly updateAgentsMd?: boolean;
  readonly dryRun?: boolean;
  readonly status?: boolean;
}

export const bootstrapCommand = defineCommand<Options>({
  name: 'bootstrap',
  group: 'setup',
  summary: 'Enter the gateway into the configuration of MCP clients on this machine',
  details:
    'Writes the entry clarity_gateway into ~/.codex/config.toml and ~/.claude.json and leaves every other byte as it is; what a file was before is kept beside it in .clarity-backup. A file that does not parse is not touched. No token is ever written: with stdio the bridge reads CLARITYD_AUTH_TOKEN of the client’s environment, --with-token-env writes the name of a variable. Other clients: clarityctl export.',
  examples: [
    'clarityctl bootstrap',
    'clarityctl bootstrap --dry-run',
    'clarityctl bootstrap --clients claude --transport http --with-token-env CLARITYD_AUTH_TOKEN',
    'clarityctl bootstrap --status',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) =>
    command
      .option('--clients <list>', 'codex, claude or both', clientList, ['codex', 'claude'])
      .option('--transport <kind>', 'stdio: a command that the client starts; http: a URL', 'stdio')
      .option('--endpoint <url>', 'of transport http (the daemon’s /mcp)')
      .option('--with-token-env <name>', 'the client’s variable that holds the daemon’s token')
      .option('--update-agents-md', 'also write the managed block into AGENTS.md of this folder')
      .option('--dry-run', 'print the difference and write nothing')
      .option('--status', 'only tell what the clients have'),
  run: async (context, _args, options) => (await import('../run/bootstrap.ts')).runBootstrap(context, options),
});
