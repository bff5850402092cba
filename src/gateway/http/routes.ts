import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RPC } from '../../shared/json-rpc.ts';
import type { Scope } from '../scope.ts';
import { answerDelete, answerGet, type Endpoint } from './endpoint.ts';
import type { Posts } from './posts.ts';
import { Refusal } from './refusal.ts';
import { MESSAGES_PATH, type SseConnections } from './sse-connections.ts';

/** What is served at a path, by its method. */
type Served = Partial<Record<'GET' | 'POST' | 'DELETE', (request: FastifyRequest, reply: FastifyReply) => unknown>>;

const PATHS: readonly { readonly url: string; readonly scope: (request: FastifyRequest) => Scope }[] = [
  { url: '/mcp', scope: () => ({ kind: 'all' }) },
  { url: '/mcp/s/:name', scope: ({ params }) => ({ kind: 'service', identity: (params as { name: string }).name }) },
  { url: '/mcp/t/:name', scope: ({ params }) => ({ kind: 'toolset', name: (params as { name: string }).name }) },
];

/** Mounts the endpoints in a context of their own, so that their body parser and error form touch no other route. */
export function mountRoutes(app: FastifyInstance, endpoint: Endpoint, posts: Posts, sse: SseConnections): void {
  app.register((mcp, _options, done) => {
    mcp.removeAllContentTypeParsers();
    // The bytes are looked at in the handler: fastify closes the connection on an error of a parser.
    mcp.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    mcp.setErrorHandler(renderError);
    const { bodyBytes } = endpoint.limits;
    for (const { url, scope } of PATHS)
      mount(mcp, bodyBytes, url, {
        GET: (request, reply) => answerGet(endpoint, request, reply, scope(request)),
        POST: (request, reply) => posts.answer(request, reply, scope(request)),
        DELETE: (request, reply) => answerDelete(endpoint, request, reply, scope(request)),
      });
    mount(mcp, bodyBytes, '/sse', { GET: (request, reply) => sse.open(request, reply) });
    mount(mcp, bodyBytes, MESSAGES_PATH, { POST: (request, reply) => sse.take(request, reply) });
    done();
  });
}

/** Every other method is 405, before the body is read: a client of both transports learns from it which one it has met (mcp-gateway §1.1). */
function mount(mcp: FastifyInstance, bodyLimit: number, url: string, served: Served): void {
  for (const [method, handler] of Object.entries(served))
    mcp.route({ url, method, bodyLimit, exposeHeadRoute: false, handler });
  const allow = Object.keys(served).join(', ');
  const refuse = () =>
    Promise.reject(new Refusal(405, RPC.invalidRequest, `Served here: ${allow}`, { headers: { allow } }));
  const others = mcp.supportedMethods.filter((method) => !(method in served));
  mcp.route({ url, method: others, config: { refuses: true }, onRequest: refuse, handler: refuse });
}

/** Refusals and fastify's own about bodies become JSON-RPC; every other error is for the app's handler. */
function renderError(
  error: Error & { code?: string; statusCode?: number },
  _request: FastifyRequest,
  reply: FastifyReply,
) {
  const refusal = error instanceof Refusal ? error : bodyRefusal(error);
  if (refusal === undefined) throw error;
  // Fastify would hang up on a body that it did not read: whoever is still sending would see a reset instead of the refusal.
  // Node reads the rest and throws it away, for as long as a request may take.
  reply.removeHeader('connection');
  return reply
    .code(refusal.status)
    .headers(refusal.headers)
    .type('application/json; charset=utf-8')
    .send(refusal.toJson());
}

function bodyRefusal(error: { code?: string; statusCode?: number; message: string }): Refusal | undefined {
  if (error.code?.startsWith('FST_ERR_CTP_') !== true) return undefined;
  return new Refusal(error.statusCode ?? 400, RPC.invalidRequest, error.message);
}
