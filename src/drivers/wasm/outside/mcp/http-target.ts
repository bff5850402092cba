import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { PlainFailure } from '../plain-failure.ts';
import { McpConnection, type McpConnectionDeps } from './mcp-connection.ts';
import type { McpTarget } from './mcp-target.ts';

/** Of one tools/list: a server whose cursors never end must not keep us for ever. */
const MAX_PAGES = 100;
const VERSION = '2025-11-25';

export interface HttpTargetDeps extends McpConnectionDeps {
  readonly redact: (text: string) => string;
  /** Of this package. */
  readonly version: string;
}

/** The tools of an MCP server elsewhere, over Streamable HTTP. Contacted when first used. */
export class HttpTarget implements McpTarget {
  readonly #connection: McpConnection;
  readonly #deps: HttpTargetDeps;
  #opened = false;

  /** `url` was allowed before. */
  constructor(deps: HttpTargetDeps, url: URL, program: Program) {
    this.#connection = new McpConnection(deps, url, program);
    this.#deps = deps;
  }

  async tools(signal: AbortSignal): Promise<readonly JsonObject[]> {
    const tools: JsonObject[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const result = await this.#request('tools/list', cursor === undefined ? {} : { cursor }, signal);
      const listed = Array.isArray(result.tools) ? (result.tools as readonly Json[]) : [];
      tools.push(...listed.filter(isJsonObject));
      if (typeof result.nextCursor !== 'string') return tools;
      cursor = result.nextCursor;
    }
    throw new PlainFailure(`${this.#connection.host} has more than ${MAX_PAGES} pages of tools.`);
  }

  call(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    return this.#request('tools/call', { name: tool, arguments: args }, signal);
  }

  close(): void {
    this.#connection.close();
  }

  async #request(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    if (!this.#opened) await this.#open(signal);
    this.#opened = true;
    const { result, error } = await this.#connection.request(method, params, signal);
    if (isJsonObject(result)) return result;
    const message = isJsonObject(error) && typeof error.message === 'string' ? error.message : 'it gave no reason';
    throw new PlainFailure(`${this.#connection.host} refused ${method}: ${oneLine(this.#deps.redact(message), 500)}`);
  }

  /** A server that refuses initialize wants no session, as simple ones do: it is asked without. */
  async #open(signal: AbortSignal): Promise<void> {
    const clientInfo = { name: 'clarity-runtime', version: this.#deps.version };
    const params = { protocolVersion: VERSION, capabilities: {}, clientInfo };
    const answer = await this.#connection.request('initialize', params, signal);
    if (!isJsonObject(answer.result)) return;
    const { protocolVersion } = answer.result;
    this.#connection.agree(typeof protocolVersion === 'string' ? protocolVersion : VERSION);
    await this.#connection.notify('notifications/initialized', signal);
  }
}
