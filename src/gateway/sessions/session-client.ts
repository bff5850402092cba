import { randomUUID } from 'node:crypto';
import type { Caller, Client } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import type { RpcResponse } from '../../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { assertDeclared, capabilityKeyOf, visitsUrls } from './client-capabilities.ts';
import { ClientRequests, type AskLimits, type Send } from './client-requests.ts';
import { isHeard, type LogLevel } from './log-level.ts';

/** The client of one session, as services may turn to it. */
export class SessionClient implements Client {
  readonly id = randomUUID();
  readonly capabilities: JsonObject;
  readonly capabilityKey: string;
  /** What it asked for by logging/setLevel; undefined: it takes what its own calls bring. */
  logLevel: LogLevel | undefined;
  readonly #standing: Send;
  readonly #requests: ClientRequests;

  /** `standing` sends on the session's standing stream; the capabilities are those of relayedCapabilities. */
  constructor(capabilities: JsonObject, standing: Send, clock: Clock, limits: AskLimits) {
    this.capabilities = capabilities;
    this.capabilityKey = capabilityKeyOf(capabilities);
    this.#standing = standing;
    this.#requests = new ClientRequests(clock, limits);
  }

  ask(method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject> {
    return this.#ask(this.#standing, method, params, signal);
  }

  tell(method: string, params: JsonObject | undefined): void {
    this.#tell(this.#standing, method, params);
  }

  /** Who makes one request; `send` is the stream of that request, and where nothing takes a message there the standing one does. */
  callerOn(send: Send): Caller {
    const either: Send = (json) => send(json) || this.#standing(json);
    return {
      client: this,
      ask: (method, params, signal) => this.#ask(either, method, params, signal),
      tell: (method, params) => this.#tell(either, method, params),
    };
  }

  /** A response that the client has sent. */
  answered(message: RpcResponse): void {
    this.#requests.answered(message);
  }

  /** Fails whatever it is still asked. */
  end(): void {
    this.#requests.end();
  }

  async #ask(send: Send, method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject> {
    const asked = params && ofThisHop(params);
    assertDeclared(this.capabilities, method, asked ?? {});
    return this.#requests.ask(send, method, asked, signal);
  }

  #takes(method: string, params: JsonObject | undefined): boolean {
    if (method === 'notifications/message') return this.logLevel === undefined || isHeard(params?.level, this.logLevel);
    if (method === 'notifications/tasks/status') return true;
    return method === 'notifications/elicitation/complete' && visitsUrls(this.capabilities);
  }

  #tell(send: Send, method: string, params: JsonObject | undefined): void {
    if (this.#takes(method, params))
      send(stringifyExact({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }) }));
  }
}

/**
 * Without what was agreed with the server only: its progress token, since nobody listens for the progress of an answer, and the wish for a
 * task, since tasks of clients are not declared to it (2025-11-25, basic/utilities/tasks: then it is answered as if it were not there).
 */
function ofThisHop({ task: _task, _meta: given, ...params }: JsonObject): JsonObject {
  if (!isJsonObject(given)) return params;
  const { progressToken: _token, ...meta } = given;
  return { ...params, _meta: meta };
}
