import { defineCommand } from '../command.ts';
import { clientList } from '../option-values.ts';

/** The flags of the command. */
export interface Options {
  readonly clients: readonly ('codex' | 'claude')[];
  readonly updateAgentsMd?: boolean;
  readonly dryRun?: boolean;
}

export const bootstrapRemoveCommand = defineCommand<Options>({
  name: 'bootstrap-remove',
  group: 'setup',
  summary: 'Take the gateway out of the configuration of MCP clients on this machine',
  examples: ['clarityctl bootstrap-remove', 'clarityctl bootstrap-remove --clients codex --dry-run'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) =>
    command
      .option('--clients <list>', 'codex, claude or both', clientList, ['codex', 'claude'])
      .option('--update-agents-md', 'also take the managed block out of AGENTS.md of this folder')
      .option('--dry-run', 'print the difference and write nothing'),
  run: async (context, _args, options) => (await import('../run/bootstrap.ts')).runBootstrapRemove(context, options),
});
