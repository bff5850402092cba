import type { Activity, RequestOptions, Unsubscribe } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import {
  classifyMessage,
  RPC,
  RpcError,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '../shared/json-rpc.ts';
import { openCall, type Call } from './call.ts';
import type { Channel, ChannelListener } from './channel.ts';
import { CallCount } from './call-count.ts';
import { Gate, type Leave } from './gate.ts';
import { Outbox } from './outbox.ts';

/** Not counted against the service's concurrency: a busy server must still be seen to live, and who waits for a task has nothing done. */
const UNGATED = new Set(['initialize', 'ping', 'tasks/result']);
/** Asked to report progress even where the caller does not listen, because it renews the timer (manifest.md, timeoutMs). */
const LONG_RUNNING = new Set(['tools/call']);
const NOTIFY_MS = 10_000;

export interface SessionOptions {
  readonly clock: Clock;
  /** Requests in flight, and requests that wait for a place. */
  readonly maxConcurrency: number;
  readonly queueLimit: number;
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
  readonly #gate: Gate;
  readonly #count: CallCount;
  readonly #calls = new Map<number, Call>();
  readonly #listeners = new Set<NotificationListener>();
  #lastId = 0;
  /** Why there is nothing more to be had of the channel. */
  #ended: string | undefined;

  constructor(channel: Channel, options: SessionOptions) {
    this.#options = options;
    this.#outbox = new Outbox(channel, options.clock, options.log);
    this.#gate = new Gate(options.clock, options.maxConcurrency, options.queueLimit);
    this.#count = new CallCount(options.clock);
    channel.listen(this);
  }

  get activity(): Activity {
    return this.#count.activity;
  }

  /** Resolves when no call of a client is in flight. */
  idle(): Promise<void> {
    return this.#count.idle();
  }

  /** See Upstream.request: the caller's _meta keys pass, its progress token is replaced by ours or left out. */
  request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    return this.#count.run(method, options.isProbe === true, () => this.#request(method, params, options));
  }

  async #request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    this.#assertWanted(method, options.signal);
    const gated = !UNGATED.has(method);
    const leave: Leave = gated ? await this.#gate.enter(options.timeoutMs, options.signal) : () => undefined;
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

  /** From the channel. */
  message(value: unknown): void {
    const classified = classifyMessage(value);
    if (classified === undefined) this.#onMalformed(value);
    else if (classified.kind === 'response') this.#onResponse(classified.message);
    else if (classified.kind === 'request') this.#onRequest(classified.message);
    else this.#onNotification(classified.message);
  }

  /** From the channel: whatever is pending may have run, whatever waits has not. */
  closed(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#gate.close(unavailable(why, false));
    for (const call of this.#calls.values()) call.abandon(unavailable(why, true));
    this.#options.onClosed?.(why);
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
    try {
      return await call.answer;
    } finally {
      this.#calls.delete(id);
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

  /** Sampling, elicitation and roots are not relayed: we declared no such capability. */
  #onRequest({ id, method }: RpcRequest): void {
    const error = { code: RPC.methodNotFound, message: `${method} is not supported by this client` };
    const reply = method === 'ping' ? { result: {} } : { error };
    this.#outbox.post({ jsonrpc: '2.0', id, ...reply }, `reply to ${method}`);
  }

  #onNotification({ method, params }: RpcNotification): void {
    if (method !== 'notifications/progress') {
      for (const listener of this.#listeners) this.#guard(() => listener(method, params));
      return;
    }
    const call = typeof params?.progressToken === 'number' ? this.#calls.get(params.progressToken) : undefined;
    if (call !== undefined && params !== undefined) this.#guard(() => call.progress(params));
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

function withToken(params: JsonObject | undefined, token: number | undefined): JsonObject | undefined {
  const before = isJsonObject(params?._meta) ? params._meta : undefined;
  if (token !== undefined) return { ...params, _meta: { ...before, progressToken: token } };
  if (before?.progressToken === undefined) return params;
  const { progressToken: _, ...meta } = before;
  return { ...params, _meta: meta };
}

/** Of a refusal that breaks the rules, what can be kept is. */
function malformed(error: Json | undefined): RpcError {
  const { code, message, data } = isJsonObject(error) ? error : {};
  const reason = typeof message === 'string' ? `: ${message}` : '';
  if (typeof code === 'number') return new RpcError(code, 'the server gave no reason', data);
  return new RpcError(RPC.internalError, `the server's answer is no JSON-RPC 2.0${reason}`, data);
}

function unavailable(why: string, sent: boolean): RpcError {
  return new RpcError(RPC.unavailable, why, { sent });
}

/** What a channel throws, as the callers of a session know it; the cause stays. */
function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const why = error instanceof ClarityError ? error.message : `the connection failed: ${errorMessage(error)}`;
  return new RpcError(RPC.unavailable, why, { sent: true }, { cause: error });
}
