import type { FastifyReply, FastifyRequest } from 'fastify';
import { resolvable, type Resolvable } from '../../shared/resolvable.ts';
import { within } from '../../shared/within.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError, type RpcNotification, type RpcRequest } from '../../shared/json-rpc.ts';
import { CancelledByCaller, type JsonText } from '../call.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { dispatch, errorResponse, resultResponse } from '../dispatch.ts';
import { announcedLists, initializeResult } from '../methods/initialize.ts';
import { stringParam } from '../methods/params.ts';
import type { Scope } from '../scope.ts';
import type { Session } from '../sessions/session.ts';
import { BATCH_VERSION, negotiateVersion } from '../versions.ts';
import { parseAccept } from './accept.ts';
import { parseBody } from './body.ts';
import { catalogOf, checkVersionHeader, sessionOf, type Endpoint } from './endpoint.ts';
import { sendJson } from './json-reply.ts';
import { readPost, type Incoming, type Post } from './messages.ts';
import { PostAnswer } from './post-answer.ts';
import { Refusal } from './refusal.ts';
import { SpareControllers } from './spare-controllers.ts';

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
    if (opening !== undefined) return this.#initialize(opening, request, reply, catalog);

    const session = sessionOf(this.#endpoint, request, scope);
    const { messages, batch } = post;
    if (batch && session?.terms.protocolVersion !== BATCH_VERSION)
      throw new Refusal(400, RPC.invalidRequest, `Batches are served in sessions of ${BATCH_VERSION} only`);
    if (!messages.some(isProbe)) checkVersionHeader(request);
    const accepted = parseAccept(request.headers.accept);
    if (session !== undefined && !(accepted.json && accepted.eventStream))
      throw new Refusal(406, RPC.invalidRequest, 'Accept must admit application/json and text/event-stream');

    const answer = new PostAnswer(reply, {
      streams: session !== undefined || accepted.namesEventStream ? this.#endpoint.streams : undefined,
      clock: this.#endpoint.clock,
      streamAfterMs: limits.streamAfterMs,
    });
    // In their order: a batch may cancel a request that stands in it.
    const running = messages.flatMap(({ kind, message }) => {
      if (kind === 'notification') take(message, session);
      return kind === 'request' ? [this.#run(message, answer, reply, session, catalog)] : [];
    });
    const [only] = running;
    const responses = running.length === 1 ? [await only] : await Promise.all(running);
    return answer.finish(
      responses.filter((response) => response !== undefined),
      batch,
    );
  }

  #initialize(opening: RpcRequest, request: FastifyRequest, reply: FastifyReply, catalog: Catalog): FastifyReply {
    const { sessions, principal, version } = this.#endpoint;
    try {
      const protocolVersion = negotiateVersion(stringParam(opening.params ?? {}, 'protocolVersion'));
      const session = sessions.open({
        principal: principal(request),
        scope: catalog.scope,
        protocolVersion,
        announced: announcedLists(catalog),
        ...(catalog.revision === undefined ? {} : { revision: catalog.revision }),
      });
      const result = initializeResult(catalog, protocolVersion, version);
      return sendJson(reply.header('mcp-session-id', session.id), resultResponse(opening.id, result));
    } catch (error) {
      if (error instanceof RpcError) return sendJson(reply, errorResponse(opening.id, error.toBody()));
      throw error;
    }
  }

  async #run(
    request: RpcRequest,
    answer: PostAnswer,
    reply: FastifyReply,
    session: Session | undefined,
    catalog: Catalog,
  ): Promise<JsonText | undefined> {
    const refusal = session && refusalOf(request, session, this.#endpoint.limits.callsPerSession);
    if (refusal !== undefined) return errorResponse(request.id, refusal.toBody());
    const call = this.#spare.take();
    this.#inFlight.add(call);
    let over = false;
    // In a session a lost connection is no cancellation (mcp-gateway §1.9); without one nobody could ever ask for the answer.
    if (session === undefined)
      reply.raw.once('close', () => {
        if (!over) call.abort(new CancelledByCaller('The client has disconnected'));
      });
    session?.calls.set(request.id, call);
    try {
      const notify = (method: string, params: object) => {
        if (!call.signal.aborted) answer.message(stringifyExact({ jsonrpc: '2.0', method, params }));
      };
      const { relay, onFault } = this.#endpoint;
      return await dispatch(request, { catalog, relay, signal: call.signal, notify }, onFault);
    } finally {
      over = true;
      this.#inFlight.delete(call);
      if (this.#inFlight.size === 0) this.#whenIdle?.resolve();
      session?.calls.delete(request.id);
      this.#spare.giveBack(call);
    }
  }
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

/** Only a cancellation has an effect here; it may come too late, and then has none (mcp-gateway §4.3). */
function take(notification: RpcNotification, session: Session | undefined): void {
  const { requestId, reason } = notification.params ?? {};
  if (notification.method !== 'notifications/cancelled') return;
  if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
  const why = typeof reason === 'string' ? reason : 'Cancelled by the client';
  session?.calls.get(requestId)?.abort(new CancelledByCaller(why));
}
