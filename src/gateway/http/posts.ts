import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../reconcile/ports.ts';
import { resolvable, type Resolvable } from '../../shared/resolvable.ts';
import { within } from '../../shared/within.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError, type RpcRequest } from '../../shared/json-rpc.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { oneLine } from '../../shared/text.ts';
import { withTraceContext } from '../../shared/trace-context.ts';
import { type Call, CancelledByCaller, type JsonText } from '../call.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { dispatch, errorResponse, resultResponse } from '../dispatch.ts';
import { announcedLists, initializeResult } from '../methods/initialize.ts';
import { stringParam } from '../methods/params.ts';
import type { Scope } from '../scope.ts';
import { capabilityKeyOf, relayedCapabilities } from '../sessions/client-capabilities.ts';
import type { Session } from '../sessions/session.ts';
import { PLAIN_FRAMING } from '../streams/framing.ts';
import type { MessageStream } from '../streams/message-stream.ts';
import { MessageStreams } from '../streams/message-streams.ts';
import { BATCH_VERSION, negotiateVersion } from '../versions.ts';
import { parseAccept } from './accept.ts';
import { parseBody } from './body.ts';
import { catalogOf, checkStreams, checkVersionHeader, sessionOf, type Endpoint } from './endpoint.ts';
import { sendJson } from './json-reply.ts';
import { readPost, type Incoming, type Post } from './messages.ts';
import { PostAnswer } from './post-answer.ts';
import { Refusal } from './refusal.ts';
import { SpareControllers } from './spare-controllers.ts';

/** A session and what its initialize is answered with; no session where that is an error. */
export interface Opened {
  readonly session?: Session;
  readonly response: JsonText;
}

/** A request on its way in. */
export interface Arrived {
  readonly request: RpcRequest;
  /** Who makes it. */
  readonly principal: string;
  readonly session: Session | undefined;
  readonly catalog: Catalog;
  /** Takes the messages that belong to the request, before its response; false where nobody can ever read it. */
  readonly message: (json: string) => boolean;
  /** Where the answer goes when there is no session: if that is lost, so is the request. */
  readonly reply?: FastifyReply;
}

/** Answers every POST of the gateway and knows the calls that are in flight. */
export class Posts {
  readonly #endpoint: Endpoint;
  readonly #inFlight = new Set<AbortController>();
  readonly #spare = new SpareControllers();
  /** While the gateway waits for the last request in flight. */
  #whenIdle: Resolvable | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** Requests that are not answered yet. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Lets what is in flight end within `drainMs`, then answers the rest with an error. */
  async close(drainMs: number): Promise<void> {
    if (this.#inFlight.size > 0) await within(this.#endpoint.clock, drainMs, (this.#whenIdle ??= resolvable()).promise);
    for (const call of this.#inFlight)
      call.abort(new RpcError(RPC.unavailable, 'The gateway is closing', { sent: true }));
  }

  /** Throws a Refusal for what cannot be taken at all. */
  async answer(request: FastifyRequest, reply: FastifyReply, scope: Scope): Promise<FastifyReply> {
    const { limits } = this.#endpoint;
    const catalog = catalogOf(this.#endpoint, scope);
    const post = readPost(parseBody(request.body as Buffer | undefined, limits.jsonDepth), limits.batchMessages);
    const opening = openingOf(post);
    if (opening !== undefined) {
      const { session, response } = this.open(opening, this.#endpoint.principal(request), catalog);
      return sendJson(session === undefined ? reply : reply.header('mcp-session-id', session.id), response);
    }
    const session = sessionOf(this.#endpoint, request, scope);
    const { messages, batch } = post;
    if (batch && session?.terms.protocolVersion !== BATCH_VERSION)
      throw new Refusal(400, RPC.invalidRequest, `Batches are served in sessions of ${BATCH_VERSION} only`);
    if (!messages.some(isProbe)) checkVersionHeader(request);
    const accepted = parseAccept(request.headers.accept);
    if (session !== undefined && !(accepted.json && accepted.eventStream))
      throw new Refusal(406, RPC.invalidRequest, 'Accept must admit application/json and text/event-stream');

    if (session !== undefined && messages.some(({ kind }) => kind === 'request')) checkStreams(this.#endpoint, session);

    const answer = new PostAnswer(reply, {
      ...(session !== undefined || accepted.namesEventStream ? { open: (of) => this.#stream(of, session) } : {}),
      clock: this.#endpoint.clock,
      streamAfterMs: limits.streamAfterMs,
    });
    const message = (json: string) => answer.message(json);
    const principal = this.#endpoint.principal(request);
    // In their order: a batch may cancel a request that stands in it.
    const running = messages.flatMap((incoming) => {
      if (incoming.kind === 'request') {
        const traced = tracedBy(incoming.message, request);
        return [this.run({ request: traced, principal, session, catalog, message, reply })];
      }
      this.take(incoming, session);
      return [];
    });
    const [only] = running;
    const responses = running.length === 1 ? [await only] : await Promise.all(running);
    return answer.finish(
      responses.filter((response) => response !== undefined),
      batch,
    );
  }

  /** Opens a session as an initialize asks for it, around the streams that its client has already. Throws a Refusal 429. */
  open({ id, params = {} }: RpcRequest, principal: string, given: Catalog, streams?: MessageStreams): Opened {
    const { sessions, version, clientCatalogs } = this.#endpoint;
    try {
      const protocolVersion = negotiateVersion(stringParam(params, 'protocolVersion'));
      const { scope } = given;
      const capabilities = relayedCapabilities(params.capabilities);
      const catalog = clientCatalogs.of(scope, capabilityKeyOf(capabilities)) ?? given;
      const announced = announcedLists(catalog);
      const revision = catalog.revision === undefined ? {} : { revision: catalog.revision };
      const client = clientName(params.clientInfo);
      const terms = { principal, scope, protocolVersion, announced, capabilities, ...revision, ...client };
      const session = sessions.open(terms, streams);
      return { session, response: resultResponse(id, initializeResult(catalog, protocolVersion, version)) };
    } catch (error) {
      if (error instanceof RpcError) return { response: errorResponse(id, error.toBody()) };
      throw error;
    }
  }

  /** Takes what is not answered; what comes too late, or from nobody, has no effect. */
  take({ kind, message }: Exclude<Incoming, { kind: 'request' }>, session: Session | undefined): void {
    if (session === undefined) return;
    if (kind === 'response') return session.client.answered(message);
    if (message.method === 'notifications/cancelled') cancel(message.params ?? {}, session);
    if (message.method === 'notifications/roots/list_changed') this.#endpoint.relay.rootsChanged(session);
  }

  /** The response; undefined where the caller cancelled. Never rejects. */
  async run({ request, principal, session, catalog, message, reply }: Arrived): Promise<JsonText | undefined> {
    const refusal = session && refusalOf(request, session, this.#endpoint.limits.callsPerSession);
    if (refusal !== undefined) return errorResponse(request.id, refusal.toBody());
    const call = this.#spare.take();
    this.#inFlight.add(call);
    let over = false;
    // In a session a lost connection is no cancellation (mcp-gateway §1.9); without one nobody could ever ask for the answer.
    if (session === undefined)
      reply?.raw.once('close', () => {
        if (!over) call.abort(new CancelledByCaller('The client has disconnected'));
      });
    session?.calls.set(request.id, call);
    try {
      const send = (json: string) => !over && !call.signal.aborted && message(json);
      const notify = (method: string, params: object) => {
        send(stringifyExact({ jsonrpc: '2.0', method, params }));
      };
      const { relay, subscriptions, tasks, onFault } = this.#endpoint;
      const base = { catalog, relay, subscriptions, tasks, principal, signal: call.signal, notify };
      const made = session === undefined ? base : this.#inSession(base, session, session.client.callerOn(send));
      return await dispatch(request, made, onFault);
    } finally {
      over = true;
      this.#inFlight.delete(call);
      if (this.#inFlight.size === 0) this.#whenIdle?.resolve();
      session?.calls.delete(request.id);
      this.#spare.giveBack(call);
    }
  }

  /** The call of a session; its client may be shown what others are not. */
  #inSession(call: Call, session: Session, caller: Caller): Call {
    const { capabilityKey } = session.client;
    if (capabilityKey === '') return { ...call, session, caller };
    const { clientCatalogs } = this.#endpoint;
    const { scope } = call.catalog;
    const catalog = clientCatalogs.of(scope, capabilityKey) ?? call.catalog;
    return { ...call, session, caller, catalog, latestCatalog: () => clientCatalogs.latest(scope, caller) };
  }

  /** A stream of the session, or one that is forgotten with its reader. */
  #stream(reply: FastifyReply, session: Session | undefined): MessageStream {
    const { streams, events } = this.#endpoint;
    const own: MessageStreams = session?.streams ?? new MessageStreams(events, PLAIN_FRAMING, () => own.end());
    const stream = own.open();
    stream.read((owner) => streams.open(reply, owner));
    return stream;
  }
}

/** Clients that trace on the level of HTTP are heard too: services look for the trace in `_meta` (mcp-gateway §4.11). */
function tracedBy(message: RpcRequest, { headers }: FastifyRequest): RpcRequest {
  const params = withTraceContext(message.params, headers);
  return params === undefined || params === message.params ? message : { ...message, params };
}

/** What the client calls itself. */
function clientName(info: Json | undefined): { readonly client?: string } {
  const { name, version } = isJsonObject(info) ? info : {};
  if (typeof name !== 'string' || name.trim() === '') return {};
  return { client: oneLine(typeof version === 'string' ? `${name} ${version}` : name, 100) };
}

/** A lone initialize; it opens a session whatever session the request names. */
function openingOf({ messages, batch }: Post): RpcRequest | undefined {
  const [only] = messages;
  return !batch && only?.kind === 'request' && only.message.method === 'initialize' ? only.message : undefined;
}

/** A client of the modern era asks this first and may name its own version: it must hear -32601, not 400, to fall back at once. */
function isProbe({ kind, message }: Incoming): boolean {
  return kind === 'request' && message.method === 'server/discover';
}

function refusalOf(request: RpcRequest, session: Session, callsPerSession: number): RpcError | undefined {
  if (session.calls.has(request.id)) return new RpcError(RPC.invalidRequest, 'The id is in use by a call in flight');
  if (session.calls.size < callsPerSession) return undefined;
  return new RpcError(RPC.overloaded, 'The session has too many calls in flight', { sent: false });
}

/** It may come too late, and then has no effect (mcp-gateway §4.3). */
function cancel({ requestId, reason }: JsonObject, session: Session): void {
  if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
  const why = typeof reason === 'string' ? reason : 'Cancelled by the client';
  session.calls.get(requestId)?.abort(new CancelledByCaller(why));
}
