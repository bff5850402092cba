import {
  agentIdentityOptions,
  nameOption,
  serviceOptions,
  writingOptions,
  type ServiceFlags,
} from '../add/add-options.ts';
import { defineCommand } from '../command.ts';

/** The flags of the command. */
export interface Options extends ServiceFlags {
  readonly source: string;
  readonly module: string;
  readonly wasm: string;
}

export const addLocalCommand = defineCommand<Options>({
  name: 'add-local',
  group: 'desired',
  summary: 'Old form of add for a module that is compiled already',
  details: 'Writes the manifest and compiles nothing; --wasm is run as it is. Kept for old scripts.',
  examples: ['clarityctl add-local --source mcp1.clarity --module Mcp1 --wasm mcp1.wasm'],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure(command) {
    command
      .requiredOption('--source <file>', 'what it was made of: a path, or a label')
      .requiredOption('--module <module>', 'name of the module: decides the namespace of its tools')
      .requiredOption('--wasm <file>', 'the compiled module');
    writingOptions(agentIdentityOptions(serviceOptions(nameOption(command))));
  },
  run: async (context, _args, options) => (await import('../run/add-local.ts')).runAddLocal(context, options),
});
