import type { RequestOptions, Unsubscribe } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import {
  classifyMessage,
  RPC,
  RpcError,
  type RpcErrorBody,
  type RpcId,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '../shared/json-rpc.ts';
import { resolvable } from '../shared/resolvable.ts';
import { oneLine } from '../shared/text.ts';
import { TransientMap } from '../shared/transient-map.ts';
import { openCall, type Call } from './call.ts';
import type { Channel, ChannelListener } from './channel.ts';
import { isCall } from './call-count.ts';
import type { Gate, Leave } from './gate.ts';
import { Outbox } from './outbox.ts';
import { withToken } from './progress-token.ts';
import type { Represented } from './represented.ts';
import { ServerRequests } from './server-requests.ts';
import { asRpcError, malformed, unavailable } from './session-errors.ts';
import { Turns } from './turns.ts';

/** Not counted against the service's concurrency: a busy server must still be seen to live, and who waits for a task has nothing done. */
const UNGATED = new Set(['initialize', 'ping', 'tasks/result']);
/** Asked to report progress even where the caller does not listen, because it renews the timer (manifest.md, timeoutMs). */
const LONG_RUNNING = new Set(['tools/call']);
const NOTIFY_MS = 10_000;
/** Calls that wait while another client has the turn. */
const TURN_LIMIT = 256;

export interface SessionOptions {
  readonly clock: Clock;
  /** Requests in flight, and those that wait for a place: of all connections of the instance together. */
  readonly gate: Gate;
  /** Whom the server may turn to. */
  readonly represented: Represented;
  /** A line for the service's own log. */
  readonly log: (text: string) => void;
  /** Told once when the channel is of no more use. */
  readonly onClosed?: (why: string) => void;
}

export type NotificationListener = (method: string, params: JsonObject | undefined) => void;

/**
 * Our side of one MCP connection at message level: ids, progress tokens, timers and cancellation are this hop's own,
 * results and errors pass as they came (mcp-gateway §4.1-4.4, §4.12).
 */
export class Session implements ChannelListener {
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #calls = new TransientMap<RpcId, Call>();
  readonly #server: ServerRequests;
  /** Undefined where nobody can be asked over the connection, so that it does not matter whose calls overlap. */
  readonly #turns: Turns | undefined;
  readonly #listeners = new Set<NotificationListener>();
  readonly #renewals = new Set<() => void>();
  readonly #over = resolvable();
  #lastId = 0;
  /** Why there is nothing more to be had of the channel. */
  #ended: string | undefined;

  constructor(channel: Channel, options: SessionOptions) {
    const { clock, log, represented } = options;
    this.#options = options;
    this.#outbox = new Outbox(channel, clock, log);
    this.#turns = Object.keys(represented.capabilities).length === 0 ? undefined : new Turns(clock, TURN_LIMIT);
    this.#server = new ServerRequests({
      calls: this.#calls,
      represented,
      log,
      refuse: (id, method, error) => this.#reply(id, method, { error }),
      answer: (id, method, reply) =>
        this.#outbox.notify({ jsonrpc: '2.0', id, ...reply }, `answer to ${method}`, NOTIFY_MS, undefined),
      onUnrelated: () => this.#turns?.oneByOne(),
    });
    channel.listen(this);
  }

  /** Resolves when the channel is of no more use. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** See Upstream.request: the caller's _meta keys pass, its progress token is replaced by ours or left out. */
  request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    const { caller } = options;
    if (this.#turns === undefined || caller === undefined || !isCall(method))
      return this.#request(method, params, options);
    return this.#inTurn(this.#turns, caller.client.id, options, () => this.#request(method, params, options));
  }

  async #inTurn<T>(turns: Turns, client: string, options: RequestOptions, act: () => Promise<T>): Promise<T> {
    const leave = await turns.enter(client, this.#server.isAsking, options.timeoutMs, options.signal);
    try {
      return await act();
    } finally {
      leave();
    }
  }

  async #request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    this.#assertWanted(method, options.signal);
    const gated = !UNGATED.has(method);
    const leave: Leave = gated ? await this.#options.gate.enter(options.timeoutMs, options.signal) : () => undefined;
    try {
      this.#assertWanted(method, options.signal); // it may have changed while we waited for a place
      return await this.#exchange(method, params, options);
    } finally {
      leave();
    }
  }

  /** Resolves when it is handed over; rejects with RpcError, or DeadlineError after `timeoutMs`. */
  async notify(
    method: string,
    params?: JsonObject,
    options: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<void> {
    this.#assertOpen();
    const message: RpcNotification = { jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) };
    await this.#outbox.notify(message, method, options.timeoutMs ?? NOTIFY_MS, options.signal);
  }

  onNotification(listener: NotificationListener): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The server knows nothing any more of what it was told before (log level, subscriptions). */
  onRenewed(listener: () => void): void {
    this.#renewals.add(listener);
  }

  /** From the channel. */
  renewed(): void {
    for (const listener of this.#renewals) this.#guard(listener);
  }

  /** From the channel. */
  message(value: unknown, during?: RpcId): void {
    const classified = classifyMessage(value);
    if (classified === undefined) this.#onMalformed(value);
    else if (classified.kind === 'response') this.#onResponse(classified.message);
    else if (classified.kind === 'request') this.#onRequest(classified.message, during);
    else this.#onNotification(classified.message, during);
  }

  /** From the channel: whatever is pending may have run, whatever waits has not. */
  closed(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#turns?.close(unavailable(why, false));
    this.#server.close(unavailable(why, true));
    for (const call of this.#calls.values()) call.abandon(unavailable(why, true));
    this.#options.onClosed?.(why);
    this.#over.resolve();
  }

  async #exchange(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    const id = ++this.#lastId;
    const call = openCall(this.#options.clock, method, options, (error) => {
      // A cancelled initialize is forbidden: the connection is dropped instead (mcp-gateway §4.3).
      if (method !== 'initialize') this.#cancel(id, error.message);
    });
    this.#calls.set(id, call);
    const wanted = options.onProgress !== undefined || LONG_RUNNING.has(method);
    const body = withToken(params, wanted ? id : undefined);
    const message: RpcRequest = { jsonrpc: '2.0', id, method, ...(body === undefined ? {} : { params: body }) };
    this.#outbox.send(message, call.abandoned).catch((error: unknown) => call.reject(asRpcError(error)));
    let failure: unknown;
    try {
      return await call.answer;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      this.#calls.delete(id);
      this.#server.callEnded(call, failure);
    }
  }

  #cancel(requestId: number, reason: string): void {
    const message = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason } } as const;
    this.#outbox.post(message, 'cancellation');
  }

  #onResponse(message: RpcResponse): void {
    const call = typeof message.id === 'number' ? this.#calls.get(message.id) : undefined;
    if (call === undefined) return; // an answer after the timeout, or to nobody: races are legal
    if ('error' in message) call.reject(new RpcError(message.error.code, message.error.message, message.error.data));
    else call.resolve(message.result);
  }

  /** Where it is the answer to a call, no better one will come: its caller hears so now and not after the timeout. */
  #onMalformed(value: unknown): void {
    this.#options.log('the server sent a message that is no JSON-RPC 2.0');
    if (!isJsonObject(value) || 'method' in value || typeof value.id !== 'number') return;
    this.#calls.get(value.id)?.reject(malformed(value.error));
  }

  #onRequest(request: RpcRequest, during: RpcId | undefined): void {
    const { id, method } = request;
    if (method === 'ping') this.#reply(id, method, { result: {} });
    else void this.#server.take(request, during);
  }

  #reply(id: RpcId, method: string, reply: { result: JsonObject } | { error: RpcErrorBody }): void {
    this.#outbox.post({ jsonrpc: '2.0', id, ...reply }, `reply to ${oneLine(method, 60)}`);
  }

  #onNotification({ method, params }: RpcNotification, during: RpcId | undefined): void {
    if (method === 'notifications/progress') {
      const call = typeof params?.progressToken === 'number' ? this.#calls.get(params.progressToken) : undefined;
      if (call !== undefined && params !== undefined) this.#guard(() => call.progress(params));
    } else if (method === 'notifications/cancelled') {
      this.#server.withdrawn(params);
    } else {
      this.#guard(() => {
        if (this.#server.tell(method, params, during)) return;
        for (const listener of this.#listeners) this.#guard(() => listener(method, params));
      });
    }
  }

  /** A listener that throws must not tear the reader of the pipe down with it. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#options.log(`a listener failed: ${errorMessage(error)}`);
    }
  }

  #assertWanted(method: string, signal: AbortSignal | undefined): void {
    if (signal?.aborted === true)
      throw new RpcError(RPC.timeout, `${method} was cancelled`, { sent: false }, { cause: signal.reason });
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.#ended !== undefined) throw unavailable(this.#ended, false);
  }
}
