import type { JsonObject } from '../../shared/json.ts';

/** How a service calls tools of other services: through the gateway, under its rules. */
export interface ToolCaller {
  /** Definitions as the gateway lists them: of all services, or of one under its raw names. Undefined: there is no such service. */
  tools(service: string | undefined): readonly JsonObject[] | undefined;
  /** A CallToolResult. Rejects with RpcError as the gateway does. */
  call(service: string | undefined, tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}

/** How a service asks a person. */
export interface Questions {
  /** The answer, trimmed; undefined where nobody answered within CLARITY_HITL_TIMEOUT_SECS. A question that is not waited for any more (the signal) is withdrawn. */
  ask(key: string, question: string, signal: AbortSignal): Promise<string | undefined>;
}
