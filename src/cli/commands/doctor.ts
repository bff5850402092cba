import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options {
  readonly compilerBin?: string;
}

export const doctorCommand = defineCommand<Options>({
  name: 'doctor',
  group: 'setup',
  summary: 'Look for what is in the way, and say what to do about it',
  details:
    'Checks the daemon, its version, token and port, the workspace, services.d, the lock, git, Node.js, the compiler, the limits of file watching and the configuration of clients. It makes and changes nothing. Exit 1 where a check fails; a warning is none.',
  examples: [
    'clarityctl doctor',
    'clarityctl doctor --compiler-bin ./clarityc',
    'clarityctl doctor -o json | jq .checks',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure: (command) =>
    command.option('--compiler-bin <program>', 'compiler to check (CLARITYC_BIN; the embedded one)'),
  run: async (context, _args, options) => (await import('../run/doctor.ts')).runDoctor(context, options),
});
