import { withDeadline } from '../../shared/abort.ts';
import { isJsonObject } from '../../shared/json.ts';
import { printable } from '../../shared/text.ts';
import { EXIT } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { printData } from '../command-context.ts';
import { callTool } from '../mcp-call.ts';
import { durationOption } from '../option-values.ts';
import { renderToolResult } from '../output/tool-result.ts';
import { toolArguments } from '../tool-arguments.ts';
import { listedTools } from '../tool-names.ts';

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
    'TOOL is the server’s own name or the listed one (namespace__tool). Values of --arg are typed by the tool’s input schema. Exit 1 where the tool failed.',
  examples: [
    'clarityctl call files list_directory --arg path=.',
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
    const known = tools.find(({ upstreamName }) => upstreamName === tool) ?? tools.find(({ name }) => name === tool);
    const schema = isJsonObject(known?.definition.inputSchema) ? known.definition.inputSchema : undefined;
    const params = { name: known?.upstreamName ?? tool, arguments: toolArguments({ pairs, json }, schema) };
    const result = await withDeadline(input.clock, `tool ${printable(tool)}`, timeout, signal, (deadline) =>
      callTool(context.connection, record.name, params, deadline),
    );
    if (!printData(context, result)) print(renderToolResult(result));
    return result.isError === true ? EXIT.no : EXIT.ok;
  },
});
