import type { RpcErrorBody } from '../../shared/json-rpc.ts';
import type { Json } from '../../shared/json.ts';

/** A request that is answered by an HTTP status and a JSON-RPC error without id, before any method runs. */
export class Refusal extends Error {
  readonly status: number;
  readonly rpc: RpcErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    message: string,
    options: { data?: Json; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'Refusal';
    this.status = status;
    this.rpc = { code, message, ...(options.data === undefined ? {} : { data: options.data }) };
    this.headers = options.headers ?? {};
  }

  /** The body of the answer. */
  toJson(): string {
    return JSON.stringify({ jsonrpc: '2.0', id: null, error: this.rpc });
  }
}
