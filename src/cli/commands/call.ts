import { withDeadline } from '../../shared/abort.ts';
import { isJsonObject } from '../../shared/json.ts';
import { suggest } from '../../shared/suggest.ts';
import { oneLine, printable } from '../../shared/text.ts';
import type { ServiceRecord } from '../../wire/types.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { callTool } from '../mcp-call.ts';
import { durationOption } from '../option-values.ts';
import { serviceMessage } from '../output/service-table.ts';
import { renderToolResult } from '../output/tool-result.ts';
import { toolArguments } from '../tool-arguments.ts';
import { listedTools, type ListedTool } from '../tool-names.ts';

interface Options {
  readonly arg?: readonly string[];
  readonly json?: string;
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 600_000;

export const callCommand = defineCommand<Options>({
  name: 'call',
  group: 'run',
  summary: 'Call a tool of a service and print what it answers',
  details:
    'TOOL is the server’s own name, the listed one (namespace__tool), or the name of a Clarity function. Values of --arg are typed by the tool’s input schema. A service that sleeps (activation onDemand) is woken. Exit 1 where the tool failed.',
  examples: [
    'clarityctl call files list_directory --arg path=.',
    'clarityctl call mcp1 add --arg a=2 b=3',
    'clarityctl call everything everything__get-sum --arg a=1 b=2',
    `clarityctl call search query --json '{"q":"gitops","tags":["mcp"]}' -o json`,
  ],
  formats: ['text', 'json', 'yaml'],
  configure: (command) =>
    command
      .argument('<service>', 'name or service id')
      .argument('<tool>', 'name of the tool')
      .option('--arg <name=value...>', 'an argument; repeat it, or give several')
      .option('--json <object>', 'all arguments as one JSON object; --arg comes on top')
      .option('--timeout <duration>', 'at most this long (10m)', durationOption),
  async run(context, [service = '', tool = ''], { arg: pairs = [], json, timeout = DEFAULT_TIMEOUT_MS }) {
    const { client, input, signal, print } = context;
    const { service: record } = await client.service(service, { signal });
    const tools = listedTools(record);
    const known = findTool(tools, tool);
    const schema = isJsonObject(known?.definition.inputSchema) ? known.definition.inputSchema : undefined;
    const params = { name: known?.upstreamName ?? tool, arguments: toolArguments({ pairs, json }, schema) };
    const result = await withDeadline(input.clock, `tool ${printable(tool)}`, timeout, signal, (deadline) =>
      callTool(context.connection, record.name, params, deadline),
    ).catch((error: unknown) => {
      throw error instanceof CliError ? explained(error, record, tool, tools) : error;
    });
    if (!printData(context, result)) print(renderToolResult(result));
    return result.isError === true ? EXIT.no : EXIT.ok;
  },
});

/** By the server's own name, the listed one, or the bare name of a Clarity function, in this order. */
function findTool(tools: readonly ListedTool[], wanted: string): ListedTool | undefined {
  return (
    tools.find(({ upstreamName }) => upstreamName === wanted) ??
    tools.find(({ name }) => name === wanted) ??
    tools.find(({ upstreamName }) => upstreamName === `fn__${wanted}`)
  );
}

/** The refusal with what the person can do about it: the service does not run, or has no such tool. */
function explained(
  error: CliError,
  { name, ready, runtime, status }: ServiceRecord,
  tool: string,
  tools: readonly ListedTool[],
): CliError {
  const { exit, message } = error;
  // What sleeps (activation onDemand) is Ready: the gateway has woken it for this call.
  if (ready !== 'True' && runtime.lifecycle !== 'RUNNING')
    return new CliError(exit, `service ${name} does not run: ${serviceMessage(status.conditions)}`, {
      hint: runtime.enabled ? `See clarityctl describe ${name}.` : `Start it with clarityctl start ${name}.`,
      cause: error,
    });
  const names = tools.map(({ upstreamName }) => upstreamName.replace(/^fn__/, ''));
  if (names.length === 0 || findTool(tools, tool) !== undefined) return error;
  const near = suggest(tool, names);
  const hint =
    near === undefined ? `${name} has the tools ${oneLine(names.join(', '), 1000)}.` : `Did you mean ${oneLine(near)}?`;
  return new CliError(exit, message, { hint, cause: error });
}
