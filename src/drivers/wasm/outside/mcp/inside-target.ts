import type { ToolCaller } from '../../../../reconcile/ports.ts';
import { RpcError } from '../../../../shared/json-rpc.ts';
import type { JsonObject } from '../../../../shared/json.ts';
import { oneLine } from '../../../../shared/text.ts';
import { PlainFailure } from '../plain-failure.ts';
import type { McpTarget } from './mcp-target.ts';

/** The tools of this daemon: of all services, or of one under its raw names. Their services' own limits hold. */
export class InsideTarget implements McpTarget {
  readonly #caller: ToolCaller;
  readonly #service: string | undefined;

  constructor(caller: ToolCaller, service: string | undefined) {
    this.#caller = caller;
    this.#service = service;
  }

  async tools(): Promise<readonly JsonObject[]> {
    const tools = this.#caller.tools(this.#service);
    if (tools === undefined) throw new PlainFailure(`There is no service ${oneLine(this.#service ?? '', 100)} here.`);
    return tools;
  }

  async call(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    try {
      return await this.#caller.call(this.#service, tool, args, signal);
    } catch (error) {
      if (error instanceof RpcError) throw new PlainFailure(oneLine(error.message, 500), { cause: error });
      throw error;
    }
  }

  close(): void {
    // Nothing is held.
  }
}
