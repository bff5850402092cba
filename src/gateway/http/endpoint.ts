import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { RPC } from '../../shared/json-rpc.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Catalogs } from '../catalog/catalogs.ts';
import type { ClientCatalogs } from '../catalog/client-catalogs.ts';
import { SUPPORTED_METHODS } from '../dispatch.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Relay } from '../relay.ts';
import type { Scope } from '../scope.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import type { Session } from '../sessions/session.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { isSupportedVersion, PROTOCOL_VERSIONS } from '../versions.ts';
import type { EventStore } from '../streams/event-store.ts';
import type { Streams } from '../streams/streams.ts';
import { parseAccept } from './accept.ts';
import { Refusal } from './refusal.ts';

/** What every endpoint of one gateway shares. */
export interface Endpoint {
  readonly catalogs: Catalogs;
  readonly clientCatalogs: ClientCatalogs;
  readonly sessions: SessionRegistry;
  readonly streams: Streams;
  readonly events: EventStore;
  readonly relay: Relay;
  readonly subscriptions: Subscriptions;
  readonly tasks: Tasks;
  readonly clock: Clock;
  readonly limits: GatewayLimits;
  /** The program's version. */
  readonly version: string;
  /** Who is asking; the same text for the same caller. */
  readonly principal: (request: FastifyRequest) => string;
  /** Told what should not have happened; the caller gets -32603 without its text. */
  readonly onFault: (error: unknown, where: string) => void;
}

/** Throws a Refusal 404 where the scope names a service that is not served, or a toolset that is not declared. */
export function catalogOf(endpoint: Endpoint, scope: Scope): Catalog {
  const catalog = endpoint.catalogs.of(scope);
  const missing =
    scope.kind === 'toolset' ? 'There is no toolset of this name' : 'No service of this name is served now';
  if (catalog === undefined) throw new Refusal(404, RPC.invalidRequest, missing);
  return catalog;
}

/** The session that the request names; undefined where it names none. Throws a Refusal 404. */
export function sessionOf(endpoint: Endpoint, request: FastifyRequest, scope: Scope): Session | undefined {
  const id = headerOf(request, 'mcp-session-id');
  return id === undefined ? undefined : endpoint.sessions.find(id, endpoint.principal(request), scope);
}

/** Throws a Refusal 400 for a version that we do not speak; a missing header is the negotiated one (mcp-gateway §1.10). */
export function checkVersionHeader(request: FastifyRequest): void {
  const version = headerOf(request, 'mcp-protocol-version');
  if (version !== undefined && !isSupportedVersion(version))
    throw new Refusal(400, RPC.invalidRequest, 'The MCP-Protocol-Version is not supported', {
      data: { requested: version, supported: [...PROTOCOL_VERSIONS] },
    });
}

/** Throws a Refusal 429 where so many connections read streams of the session that there may be no further one. */
export function checkStreams(endpoint: Endpoint, session: Session): void {
  if (session.streams.readers >= endpoint.limits.streamsPerSession)
    throw new Refusal(429, RPC.overloaded, 'The session has too many streams open', {
      headers: { 'retry-after': '1' },
    });
}

/** GET: the session's standing stream, the rest of one that broke off, or the original's description for whoever does not ask for a stream. */
export function answerGet(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: Scope,
): FastifyReply {
  catalogOf(endpoint, scope);
  if (!parseAccept(request.headers.accept).namesEventStream) return reply.send(DESCRIPTION);
  const session = sessionOf(endpoint, request, scope);
  if (session === undefined) throw new Refusal(400, RPC.invalidRequest, 'A stream needs an Mcp-Session-Id');
  checkVersionHeader(request);
  checkStreams(endpoint, session);
  const lastEventId = headerOf(request, 'last-event-id');
  if (lastEventId !== undefined) return resume(endpoint, session, lastEventId, reply);
  const { standing } = session.streams;
  if (standing.hasReader) throw new Refusal(409, RPC.invalidRequest, 'The session has its stream already');
  standing.read((owner) => endpoint.streams.open(reply, owner));
  return reply;
}

/** Goes on after the event, on the stream that it came from. A stream that has nothing more to say is 204: to a reader of events that means not to come back. */
function resume({ streams }: Endpoint, session: Session, lastEventId: string, reply: FastifyReply): FastifyReply {
  const place = session.streams.placeOf(lastEventId);
  if (place === undefined) throw new Refusal(400, RPC.invalidRequest, 'The Last-Event-ID is no event of this session');
  const stream = session.streams.resume(place);
  if (stream === undefined) return reply.code(204).send();
  stream.read((owner) => streams.open(reply, owner), place.seq);
  return reply;
}

/** DELETE: ends the session. */
export function answerDelete(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: Scope,
): FastifyReply {
  const session = sessionOf(endpoint, request, scope);
  if (session === undefined) throw new Refusal(400, RPC.invalidRequest, 'DELETE needs an Mcp-Session-Id');
  endpoint.sessions.end(session);
  return reply.code(204).send();
}

const DESCRIPTION = {
  name: 'clarity-runtime gateway',
  protocol: 'jsonrpc-2.0',
  supportedMethods: SUPPORTED_METHODS,
};

/** The header's text; of one that stands there more than once all of them. */
function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
