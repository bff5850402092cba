import type { ListSize } from '../../reconcile/ports.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { SystemTools, SystemToolsAnswer } from '../../wire/answers.ts';
import type { Call } from '../call.ts';
import { sizeOfRows } from '../catalog/list-size.ts';
import type { Row } from '../catalog/exposed-list.ts';
import { ArgumentChecker } from './arguments.ts';
import { CallProgress } from './call-progress.ts';
import { refusalOf } from './refusals.ts';
import { BUILTIN_TOOLS } from './registry.ts';
import type { Answer, BuiltinDeps, BuiltinTool } from './tool.ts';

/** Of all callers together: most of them wait for a service to start, or for a person. */
const MAX_IN_FLIGHT = 64;

/** How a shut gate is opened. */
const GATE =
  'is shut: MCP clients may not change what this daemon runs. To open it, start clarityd with CLARITY_ENABLE_MCP_PROVISIONING=1 ' +
  '(with CLARITY_MCP_PROVISIONING_APPROVAL=required a person agrees to each change). Without it, write a manifest into services.d, or use clarityctl apply.';

/** The runtime's own tools: what they are, and their calls. Listed at /mcp only. */
export class BuiltinTools {
  readonly #deps: BuiltinDeps;
  readonly #checker = new ArgumentChecker();
  readonly #tools = new Map(BUILTIN_TOOLS.map((tool) => [tool.name as string, tool]));
  #inFlight = 0;
  readonly rows: readonly Row[] = builtinRows(BUILTIN_TOOLS);

  constructor(deps: BuiltinDeps) {
    this.#deps = deps;
  }

  has(name: string): boolean {
    return this.#tools.has(name);
  }

  /**
   * A CallToolResult as JSON. Rejects with RpcError -32602 for arguments that are wrong, and with what is a fault of ours; a tool that could not do
   * what it was asked answers with isError, for the model to read.
   */
  async call(name: string, params: JsonObject, call: Call): Promise<string> {
    const tool = this.#tools.get(name);
    if (tool === undefined) throw new RpcError(RPC.invalidParams, `Unknown tool: ${name}`);
    if (tool.gated === true && !this.#deps.provisioning.enabled) return failure(`The gate of ${name} ${GATE}`);
    const args = this.#checker.check(tool, params.arguments);
    if (this.#inFlight >= MAX_IN_FLIGHT)
      throw new RpcError(RPC.overloaded, 'Too many calls of built-in tools are in flight', { sent: false });
    this.#inFlight++;
    const progress = new CallProgress(params, call);
    const { signal, session } = call;
    try {
      const by = session?.terms.client ?? 'an MCP client without a session';
      return success(await tool.run(args, this.#deps, { by, signal, progress: (message) => progress.tell(message) }));
    } catch (error) {
      const refusal = signal.aborted ? undefined : refusalOf(error);
      if (refusal === undefined) throw error;
      return failure(refusal);
    } finally {
      this.#inFlight--;
    }
  }
}

/** The built-in tools as GET /api/status counts them (original contract §1d), and what they add to the list of /mcp. */
export function systemTools(): { readonly counted: SystemToolsAnswer; readonly listed: ListSize } {
  const items = BUILTIN_TOOLS.map(({ name, description }) => ({ name, description }));
  const of = (namespace: string): SystemTools => {
    const own = items.filter(({ name }) => name.startsWith(`${namespace}__`));
    return { count: own.length, items: own };
  };
  const names = items.map(({ name }) => name);
  const counted = { count: items.length, items: names, runtime: of('runtime'), clarity: of('clarity') };
  return { counted, listed: sizeOfRows(builtinRows(BUILTIN_TOOLS)) };
}

/** What tools/list says of them, by name. */
function builtinRows(tools: readonly BuiltinTool[]): readonly Row[] {
  return tools.map(({ name, title, description, inputSchema, outputSchema, annotations }) => ({
    key: name,
    json: JSON.stringify({ name, title, description, inputSchema, outputSchema, annotations }),
    // No service has them: tools/call answers them itself.
    route: { identity: '', upstreamKey: name },
  }));
}

function success({ json, note }: Answer): string {
  const blocks = [JSON.stringify(json, null, 2), ...(note === undefined ? [] : [note])];
  const content = blocks.map((text) => ({ type: 'text', text }));
  return stringifyExact({ content, structuredContent: json });
}

function failure(text: string): string {
  return JSON.stringify({ content: [{ type: 'text', text }], isError: true });
}
