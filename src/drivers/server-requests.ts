import type { Caller } from '../reconcile/ports.ts';
import { aborted } from '../shared/abort.ts';
import { errorMessage } from '../shared/errors.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { RPC, RpcError, type RpcErrorBody, type RpcId, type RpcRequest } from '../shared/json-rpc.ts';
import { oneLine } from '../shared/text.ts';
import type { Call } from './call.ts';
import { causeOf, type CallsInFlight, type Cause } from './correlate.ts';
import { Elicitations } from './elicitations.ts';
import type { Represented } from './represented.ts';
import { withToken } from './progress-token.ts';

/** What a server may ask, and the capability that a client declares for it. */
const CAPABILITY: Readonly<Record<string, string>> = {
  'sampling/createMessage': 'sampling',
  'elicitation/create': 'elicitation',
  'roots/list': 'roots',
};
/** What a server tells those whom it concerns, and not everybody. */
const PERSONAL = new Set(['notifications/message', 'notifications/elicitation/complete', 'notifications/tasks/status']);
/** Of one connection; a server that asks more waits for answers first. */
const MAX_PENDING = 64;

/** The server took its request back: nothing is answered. */
class Withdrawn extends Error {}

type Reply = { readonly result: JsonObject } | { readonly error: RpcErrorBody };

interface Asking {
  readonly cancel: AbortController;
  /** Those of the calls it can belong to that are still pending. */
  readonly calls: Set<Call>;
}

export interface ServerRequestsOptions {
  readonly calls: CallsInFlight;
  readonly represented: Represented;
  readonly log: (text: string) => void;
  /** Tells the server at once that nobody is asked. */
  readonly refuse: (id: RpcId, method: string, error: RpcErrorBody) => void;
  /** Resolves when the answer has been handed over. */
  readonly answer: (id: RpcId, method: string, reply: Reply) => Promise<void>;
  /** A server has asked that does not say during which request: its calls can be told apart by their time only. */
  readonly onUnrelated: () => void;
}

/**
 * What a server asks and tells over one connection, brought to the client whose call caused it, and to nobody else (mcp-gateway §4.6).
 * It is asked no longer than the call is pending, and the call's idle timer rests meanwhile.
 */
export class ServerRequests {
  readonly #options: ServerRequestsOptions;
  readonly #asking = new Map<RpcId, Asking>();
  readonly #elicitations = new Elicitations();

  constructor(options: ServerRequestsOptions) {
    this.#options = options;
  }

  get isAsking(): boolean {
    return this.#asking.size > 0;
  }

  /** Answers a request of the server, sooner or later; never rejects. */
  async take(request: RpcRequest, during: RpcId | undefined): Promise<void> {
    const { id, method } = request;
    const { refuse, answer, log } = this.#options;
    const cause = this.#causeOf(request, during);
    if (cause instanceof RpcError) return refuse(id, method, cause.toBody());
    try {
      const reply = await this.#ask(request, cause);
      if (reply !== undefined) await answer(id, method, reply);
    } catch (error) {
      log(`the answer to ${method} was not sent: ${errorMessage(error)}`);
    } finally {
      this.#asking.delete(id);
    }
  }

  /** The server takes a request of its own back: the client hears of it. Harmless for one that is answered. */
  withdrawn(params: JsonObject | undefined): void {
    const id = params?.requestId;
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const reason = typeof params?.reason === 'string' ? params.reason : 'the server has withdrawn it';
    this.#asking.get(id)?.cancel.abort(new Withdrawn(reason));
  }

  /** Brings a notification to whom it concerns; false: to everybody. */
  tell(method: string, params: JsonObject | undefined, during: RpcId | undefined): boolean {
    if (!PERSONAL.has(method)) return false;
    const caller = this.#elicitations.callerOf(params) ?? this.#callerOf(during);
    caller?.tell(method, params);
    // What came too late, or is meant for one client that is not known, must not reach another.
    const isLate = during !== undefined && !this.#options.calls.has(during);
    return caller !== undefined || isLate || method === 'notifications/elicitation/complete';
  }

  /** A call is over, and with it what was asked for its sake. */
  callEnded(call: Call, error?: unknown): void {
    const { caller } = call.options;
    if (error instanceof RpcError && caller !== undefined) this.#elicitations.required(error.data, caller);
    const over = new RpcError(RPC.timeout, 'the call that it belonged to is over');
    for (const { calls, cancel } of this.#asking.values())
      if (calls.delete(call) && calls.size === 0) cancel.abort(over);
  }

  /** The connection is over. */
  close(error: Error): void {
    for (const { cancel } of this.#asking.values()) cancel.abort(error);
  }

  #callerOf(during: RpcId | undefined): Caller | undefined {
    const cause = causeOf(this.#options.calls, during, this.#options.represented);
    return typeof cause === 'string' ? undefined : cause.caller;
  }

  /** Who is asked; an error where nobody is. */
  #causeOf({ id, method }: RpcRequest, during: RpcId | undefined): Cause | RpcError {
    const { represented, calls, onUnrelated } = this.#options;
    const capability = CAPABILITY[method];
    if (capability === undefined || !isJsonObject(represented.capabilities[capability]))
      return new RpcError(RPC.methodNotFound, `${oneLine(method, 60)} is not supported by this client`);
    if (this.#asking.has(id)) return new RpcError(RPC.invalidRequest, 'a request of this id is pending already');
    if (this.#asking.size >= MAX_PENDING)
      return new RpcError(RPC.overloaded, `${MAX_PENDING} requests of this server are pending already`);
    if (during === undefined) onUnrelated();
    const cause = causeOf(calls, during, represented);
    if (typeof cause !== 'string') return cause;
    return new RpcError(RPC.unavailable, `${method} cannot be brought to a client: ${cause}`);
  }

  /** What the client says; undefined where the server wants no answer any more. */
  async #ask({ id, method, params }: RpcRequest, { caller, calls }: Cause): Promise<Reply | undefined> {
    if (method === 'roots/list') this.#options.represented.bind(caller.client);
    this.#elicitations.sent(params, caller);
    const cancel = new AbortController();
    const { signal } = cancel;
    this.#asking.set(id, { cancel, calls: new Set(calls) });
    const wake = calls.map((call) => call.rest());
    try {
      const asked = caller.ask(method, withToken(params, undefined), signal);
      return { result: await Promise.race([asked, aborted(signal)]) };
    } catch (error) {
      if (error instanceof Withdrawn) return undefined;
      if (error instanceof RpcError) return { error: error.toBody() };
      this.#options.log(`${method} of the server failed: ${errorMessage(error)}`);
      return { error: { code: RPC.internalError, message: 'the client could not be asked' } };
    } finally {
      for (const up of wake) up();
    }
  }
}
