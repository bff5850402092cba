import { Option } from 'commander';
import {
  agentIdentityOptions,
  agentOptions,
  nameOption,
  typeOption,
  waitOptions,
  writingOptions,
  type AgentFlags,
} from '../add/add-options.ts';
import { defineCommand } from '../command.ts';
import { commaList, wholeNumber } from '../option-values.ts';

/** The flags of the command. */
export interface Options extends AgentFlags {
  readonly endpoint: string;
  readonly module: string;
  readonly name?: string;
  readonly serviceType?: 'mcp' | 'agent';
  readonly authRef?: string;
  readonly transport?: string;
  readonly timeoutMs?: number;
  readonly allowTools?: readonly string[];
  readonly maxPayloadBytes?: number;
  readonly maxConcurrency?: number;
  readonly wait?: boolean;
  readonly timeout?: number;
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

export const addRemoteCommand = defineCommand<Options>({
  name: 'add-remote',
  group: 'desired',
  summary: 'Make an MCP server that is reached over HTTP a service',
  details: 'Writes its manifest through the daemon, which connects to it; --wait waits for that.',
  examples: [
    'clarityctl add-remote --endpoint https://mcp.example.com/mcp --module search --wait',
    'clarityctl add-remote --endpoint https://mcp.example.com/mcp --module search --auth-ref file:search/token --allow-tools find,read',
  ],
  formats: ['text', 'json', 'yaml'],
  piped: 'json',
  configure(command) {
    command
      .requiredOption('--endpoint <url>', 'where the server listens')
      .requiredOption('--module <module>', 'decides the namespace of its tools, and the name')
      .option('--auth-ref <ref>', 'the secret that it asks for: file:PATH, env:VARIABLE, header_env:Header:VARIABLE')
      .addOption(new Option('--transport <kind>', '(streamable_http)').choices(['streamable_http', 'sse_http']))
      .option('--timeout-ms <n>', 'time limit of a call in milliseconds', wholeNumber(1, 3_600_000))
      .option('--allow-tools <list>', 'only these tools', commaList)
      .option('--max-payload-bytes <n>', 'largest request and answer', wholeNumber(1024, 1_073_741_824))
      .option('--max-concurrency <n>', 'calls at once', wholeNumber(1, 10_000));
    writingOptions(waitOptions(agentOptions(agentIdentityOptions(typeOption(nameOption(command))))));
  },
  run: async (context, _args, options) => (await import('../run/add-remote.ts')).runAddRemote(context, options),
});
