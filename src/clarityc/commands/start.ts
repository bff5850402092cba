import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly output?: string;
  readonly daemonUrl?: string;
  readonly authToken?: string;
}

export const startCommand = defineCommand<Options>({
  name: 'start',
  group: 'run',
  summary: 'Hand a program to the daemon as a service',
  details:
    'Checks the program, reads clarity.json beside it and calls `clarityctl add`: ours, or the one that CLARITYCTL_BIN names. The exit code is that of clarityctl.',
  examples: ['clarityc start', 'clarityc start greeter.clarity --daemon-url http://127.0.0.1:4707'],
  configure: (command) =>
    command
      .argument('[file]', 'the entry of the program')
      .option('-o, --output <file>', 'where clarityctl writes the module')
      .option('--daemon-url <url>', 'where the daemon listens (CLARITYD_URL; http://127.0.0.1:4707)')
      .option('--auth-token <token>', 'the daemon’s token (CLARITYD_AUTH_TOKEN, CLARITY_API_TOKEN)'),
  run: async (context, [file], options) => (await import('../run/start.ts')).runStart(context, file, options),
});
