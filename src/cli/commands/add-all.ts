import { compilerOption, serviceOptions, waitingOptions, writingOptions, type AddFlags } from '../add/add-options.ts';
import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options extends AddFlags {
  readonly recursive?: boolean;
}

export const addAllCommand = defineCommand<Options>({
  name: 'add-all',
  group: 'desired',
  summary: 'Make every Clarity program of a folder a service',
  details:
    'Each as `add` does it. A folder with clarity.json is one program, its entry; elsewhere each .clarity file is one, but for those that another imports, and those without a function that would be a tool ' +
    '(tests). Dot folders and node_modules are left out. A failure stops no other; exit 1 where there was one.',
  examples: ['clarityctl add-all', 'clarityctl add-all examples/clarity --recursive'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure(command) {
    command.argument('[dir]', 'the folder', '.').option('--recursive', 'also the folders below');
    writingOptions(waitingOptions(compilerOption(serviceOptions(command))));
  },
  run: async (context, [dir = '.'], options) => (await import('../run/add-all.ts')).runAddAll(context, dir, options),
});
