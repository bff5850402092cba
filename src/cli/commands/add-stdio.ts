import { waitOptions, writingOptions } from '../add/add-options.ts';
import { defineCommand } from '../command.ts';
import { commaList } from '../option-values.ts';

/** The flags of the command. */
export interface Options {
  readonly module?: string;
  readonly cwd?: string;
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  readonly inheritEnv?: readonly string[];
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

export const addStdioCommand = defineCommand<Options>({
  name: 'add-stdio',
  group: 'desired',
  summary: 'Make a local program that speaks MCP a service',
  details: 'Writes its manifest through the daemon, which runs the command; --wait waits until it serves.',
  examples: [
    'clarityctl add-stdio files --wait -- npx -y @modelcontextprotocol/server-filesystem ./docs',
    'clarityctl add-stdio search --secret SEARCH_KEY=file:search/key -- node server.js',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure(command) {
    command
      .argument('<name>', 'name of the service')
      .argument('<command...>', 'after --: the command and its arguments')
      .option('--module <module>', 'decides the namespace of its tools (the name)')
      .option('--cwd <folder>', 'where it runs (the daemon’s workspace)')
      .option('--env <name=value...>', 'variables that it gets')
      .option('--secret <name=ref...>', 'secrets that it gets; a NAME alone is the daemon’s variable, NAME=env:NAME')
      .option('--inherit-env <names>', 'further variables of the daemon that are passed on', commaList);
    writingOptions(waitOptions(command));
  },
  run: async (context, args, options) => (await import('../run/add-stdio.ts')).runAddStdio(context, args, options),
});
