import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** JSON-RPC 2.0 messages as MCP uses them. Ids are strings or numbers; 0 and "" are values. */
export type RpcId = string | number;

export interface RpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: RpcId;
  readonly method: string;
  readonly params?: JsonObject;
}
export interface RpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: JsonObject;
}
export interface RpcErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}
export type RpcResponse =
  | { readonly jsonrpc: '2.0'; readonly id: RpcId; readonly result: JsonObject }
  | { readonly jsonrpc: '2.0'; readonly id: RpcId | null; readonly error: RpcErrorBody };
export type RpcMessage = RpcRequest | RpcNotification | RpcResponse;

/** The JSON-RPC numbers, and ours in -32000..-32019 (the spec owns -32020..-32099, mcp-gateway §4.12). */
export const RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** The upstream service is not there, went away, or gets no calls for now (its circuit is open); `data.sent` says whether the request may have run. */
  unavailable: -32000,
  /** The upstream did not answer within the limit; it was told to cancel. */
  timeout: -32001,
  /** MCP: resource not found (legacy eras). */
  resourceNotFound: -32002,
  /** More calls than the service or session may have in flight or queued. */
  overloaded: -32003,
  /** What the method or tool is about does not exist in this version yet. */
  notAvailable: -32004,
} as const;

/** An error that crosses the wire as JSON-RPC: code, message and data stay as they came. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: Json | undefined;

  constructor(code: number, message: string, data?: Json, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }

  toBody(): RpcErrorBody {
    return { code: this.code, message: this.message, ...(this.data === undefined ? {} : { data: this.data }) };
  }
}

/** Sorts an unknown value into a message kind; undefined where it is none (JSON-RPC 2.0 §4, §5). */
export function classifyMessage(
  value: unknown,
):
  | { kind: 'request'; message: RpcRequest }
  | { kind: 'notification'; message: RpcNotification }
  | { kind: 'response'; message: RpcResponse }
  | undefined {
  if (!isJsonObject(value) || value.jsonrpc !== '2.0') return undefined;
  const { id, method, params } = value;
  const idOk = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  if (typeof method === 'string') {
    if (params !== undefined && !isJsonObject(params)) return undefined;
    if (id === undefined) return { kind: 'notification', message: value as unknown as RpcNotification };
    return idOk ? { kind: 'request', message: value as unknown as RpcRequest } : undefined;
  }
  const isError =
    isJsonObject(value.error) && typeof value.error.code === 'number' && typeof value.error.message === 'string';
  if (isError && (idOk || id === null)) return { kind: 'response', message: value as unknown as RpcResponse };
  if (isJsonObject(value.result) && idOk) return { kind: 'response', message: value as unknown as RpcResponse };
  return undefined;
}
