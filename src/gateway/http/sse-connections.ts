import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cancel } from '../../shared/clock.ts';
import { RPC, type RpcRequest } from '../../shared/json-rpc.ts';
import { within } from '../../shared/within.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Scope } from '../scope.ts';
import type { Session } from '../sessions/session.ts';
import type { MessageStream } from '../streams/message-stream.ts';
import { MessageStreams } from '../streams/message-streams.ts';
import { parseAccept } from './accept.ts';
import { parseBody } from './body.ts';
import { catalogOf, checkVersionHeader, type Endpoint } from './endpoint.ts';
import { readPost } from './messages.ts';
import type { Posts } from './posts.ts';
import { Refusal } from './refusal.ts';

/** Where the messages of the clients of /sse are posted. */
export const MESSAGES_PATH = '/messages';

const SCOPE: Scope = { kind: 'all' };

/** One open /sse: all that goes to its client goes there. */
interface Connection {
  readonly principal: string;
  readonly streams: MessageStreams;
  /** Opened by the first message. */
  session: Session | undefined;
  readonly cancelOpening: Cancel;
}

/**
 * The transport of 2024-11-05 for clients that know no other: a stream at /sse, whose first event names the address to post to. The session is
 * the gateway's own kind, with its limits; it ends with its stream, since nothing can be resumed here (mcp-gateway §2.1).
 */
export class SseConnections {
  readonly #endpoint: Endpoint;
  readonly #posts: Posts;
  /** By the id that the address carries. The session's own id is told to nobody, so that the doors of /mcp do not open it. */
  readonly #connections = new Map<string, Connection>();
  /** Calls whose answers are not on their streams yet. */
  readonly #running = new Set<Promise<void>>();

  constructor(endpoint: Endpoint, posts: Posts) {
    this.#endpoint = endpoint;
    this.#posts = posts;
  }

  /** GET /sse. Throws a Refusal 406 or 429. */
  open(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { limits, clock, events, streams } = this.#endpoint;
    if (!parseAccept(request.headers.accept).eventStream)
      throw new Refusal(406, RPC.invalidRequest, 'Accept must admit text/event-stream');
    const principal = this.#endpoint.principal(request);
    this.#checkRoom(principal);
    const id = randomUUID();
    const opening = `event: endpoint\ndata: ${MESSAGES_PATH}?sessionId=${id}\n\n`;
    const own = new MessageStreams(events, { ids: false, opening: () => opening }, () => this.#left(id));
    this.#connections.set(id, {
      principal,
      streams: own,
      session: undefined,
      cancelOpening: clock.after(limits.sseOpeningMs, () => own.end()),
    });
    own.standing.read((owner) => streams.open(reply, owner));
    return reply;
  }

  /** POST /messages. Throws a Refusal: 404 for an id that is unknown, over or of another principal. */
  take(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const connection = this.#find(request);
    checkVersionHeader(request);
    const { limits } = this.#endpoint;
    const { messages, batch } = readPost(parseBody(request.body as Buffer | undefined, limits.jsonDepth), 1);
    const [incoming] = messages;
    if (batch || incoming === undefined) throw new Refusal(400, RPC.invalidRequest, 'Batches are not served here');
    if (incoming.kind !== 'request') this.#posts.take(incoming, this.#sessionOf(connection));
    else if (incoming.message.method === 'initialize') this.#initialize(connection, incoming.message);
    else this.#start(connection, incoming.message);
    return reply.code(202).send();
  }

  /**
   * Gives the calls that were just ended `graceMs` to say so on their streams, then ends those that have no session yet; the others end
   * with theirs.
   */
  async close(graceMs: number): Promise<void> {
    if (this.#running.size > 0) await within(this.#endpoint.clock, graceMs, Promise.all(this.#running));
    for (const { session, streams } of this.#connections.values()) if (session === undefined) streams.end();
  }

  #checkRoom(principal: string): void {
    const { sessions, sessionsPerPrincipal } = this.#endpoint.limits;
    let own = 0;
    for (const connection of this.#connections.values()) if (connection.principal === principal) own++;
    if (this.#connections.size < sessions && own < sessionsPerPrincipal) return;
    throw new Refusal(429, RPC.overloaded, 'Too many streams are open', { headers: { 'retry-after': '30' } });
  }

  #find(request: FastifyRequest): Connection {
    const { sessionId } = request.query as Record<string, unknown>;
    const connection = typeof sessionId === 'string' ? this.#connections.get(sessionId) : undefined;
    if (connection?.principal === this.#endpoint.principal(request)) return connection;
    throw new Refusal(404, RPC.invalidRequest, 'There is no such session; open /sse');
  }

  #initialize(connection: Connection, request: RpcRequest): void {
    const { principal, streams } = connection;
    if (connection.session !== undefined)
      throw new Refusal(400, RPC.invalidRequest, 'The session is initialized already');
    const { session, response } = this.#posts.open(request, principal, catalogOf(this.#endpoint, SCOPE), streams);
    connection.session = session;
    if (session !== undefined) connection.cancelOpening();
    streams.standing.send(String(response));
  }

  /** A client whose connection broke opens another one and often goes on without a new initialize: it gets a session that promises nothing. */
  #sessionOf(connection: Connection): Session {
    if (connection.session !== undefined) return connection.session;
    const { principal, streams } = connection;
    connection.session = this.#endpoint.sessions.open(
      { principal, scope: SCOPE, protocolVersion: '2024-11-05', announced: new Set(), capabilities: {} },
      streams,
    );
    connection.cancelOpening();
    return connection.session;
  }

  #start(connection: Connection, request: RpcRequest): void {
    const catalog = catalogOf(this.#endpoint, SCOPE);
    const run = this.#run(connection.streams.standing, request, this.#sessionOf(connection), catalog);
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  async #run(standing: MessageStream, request: RpcRequest, session: Session, catalog: Catalog): Promise<void> {
    const message = (json: string) => {
      standing.send(json);
      return standing.hasReader;
    };
    const response = await this.#posts.run({ request, principal: session.terms.principal, session, catalog, message });
    if (response !== undefined) standing.send(String(response));
  }

  #left(id: string): void {
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    connection?.cancelOpening();
    if (connection?.session !== undefined) this.#endpoint.sessions.end(connection.session);
    else connection?.streams.end();
  }
}
