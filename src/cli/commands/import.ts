import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

export const importCommand = defineCommand<Options>({
  name: 'import',
  group: 'setup',
  summary: 'Make manifests of the servers that an MCP client is configured with',
  details:
    'Reads the JSON of Claude Code, Claude Desktop, Cursor (mcpServers) and VS Code (servers), the TOML of Codex, and a registry.json of clarity-runtime 0.9. Applies the manifests through the daemon, or writes them with --out. A secret never gets into a manifest: it becomes a reference to a variable, and you are told which to set. Without a file it says which ones there are. Exit 1 where a server could not be taken.',
  examples: [
    'clarityctl import ~/.claude.json --dry-run',
    'clarityctl import .vscode/mcp.json ~/.codex/config.toml',
    'clarityctl import ~/.cursor/mcp.json --out services.d',
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('[files...]', 'configuration files of clients')
      .option('--out <folder>', 'write <folder>/NAME.yaml instead, without a daemon; never overwrites')
      .option('--dry-run', 'print the manifests and write nothing')
      .option('--force-conflicts', 'also over services that a person or another tool wrote'),
  run: async (context, args, options) => (await import('../run/import.ts')).runImport(context, args, options),
});
