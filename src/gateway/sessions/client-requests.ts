import { DeadlineError, withDeadline } from '../../shared/abort.ts';
import type { Clock } from '../../shared/clock.ts';
import { RPC, RpcError, type RpcId, type RpcMessage, type RpcResponse } from '../../shared/json-rpc.ts';
import type { JsonObject } from '../../shared/json.ts';

export interface AskLimits {
  /** Requests of servers that one client has not answered yet. */
  readonly asksPerSession: number;
  /** A client, and the person before it, has so long to answer one. */
  readonly askMs: number;
}

/** Hands one message to the client; false where nothing takes it there. */
export type Send = (json: string) => boolean;

interface Pending {
  resolve(result: JsonObject): void;
  reject(error: RpcError): void;
}

/** Requests of ours to one client: ids are of this hop, answers find their request by id alone (mcp-gateway §4.1, §4.6). */
export class ClientRequests {
  readonly #clock: Clock;
  readonly #limits: AskLimits;
  readonly #pending = new Map<RpcId, Pending>();
  #lastId = 0;
  #ended: RpcError | undefined;

  constructor(clock: Clock, limits: AskLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** See Audience.ask. */
  async ask(send: Send, method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject> {
    if (this.#ended !== undefined) throw this.#ended;
    if (signal.aborted) throw givenUp(method, signal.reason);
    if (this.#pending.size >= this.#limits.asksPerSession)
      throw new RpcError(RPC.overloaded, 'The client has too many requests to answer');
    const id = ++this.#lastId;
    try {
      return await withDeadline(this.#clock, method, this.#limits.askMs, signal, () => {
        const answer = new Promise<JsonObject>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
        if (!send(encode({ jsonrpc: '2.0', id, method, ...(params && { params }) })))
          this.#settle(id)?.reject(new RpcError(RPC.unavailable, 'The client has no stream open to be asked on'));
        return answer;
      });
    } catch (error) {
      if (this.#settle(id) === undefined) throw error;
      const failure = givenUp(method, error);
      const cancelled = { requestId: id, reason: failure.message };
      send(encode({ jsonrpc: '2.0', method: 'notifications/cancelled', params: cancelled }));
      throw failure;
    }
  }

  /** From the client; an answer that comes too late, or to nothing, has no effect. */
  answered(message: RpcResponse): void {
    const pending = message.id === null ? undefined : this.#settle(message.id);
    if ('error' in message)
      pending?.reject(new RpcError(message.error.code, message.error.message, message.error.data));
    else pending?.resolve(message.result);
  }

  /** The client is gone: whatever waits for it hears so now. */
  end(): void {
    this.#ended = new RpcError(RPC.unavailable, 'The session of the client has ended');
    for (const pending of this.#pending.values()) pending.reject(this.#ended);
    this.#pending.clear();
  }

  #settle(id: RpcId): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

function givenUp(method: string, cause: unknown): RpcError {
  const why = cause instanceof DeadlineError ? cause.message : `${method} is not wanted any more`;
  return new RpcError(RPC.timeout, why, undefined, { cause });
}

function encode(message: RpcMessage): string {
  return JSON.stringify(message);
}
