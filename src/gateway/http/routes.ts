import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RPC } from '../../shared/json-rpc.ts';
import type { Scope } from '../scope.ts';
import { answerDelete, answerGet, type Endpoint } from './endpoint.ts';
import type { Posts } from './posts.ts';
import { Refusal } from './refusal.ts';

const SERVED = ['GET', 'POST', 'DELETE'] as const;

const PATHS: readonly { readonly url: string; readonly scope: (request: FastifyRequest) => Scope }[] = [
  { url: '/mcp', scope: () => ({ kind: 'all' }) },
  { url: '/mcp/s/:name', scope: ({ params }) => ({ kind: 'service', identity: (params as { name: string }).name }) },
  { url: '/mcp/t/:name', scope: ({ params }) => ({ kind: 'toolset', name: (params as { name: string }).name }) },
];

/** Mounts the endpoints in a context of their own, so that their body parser and error form touch no other route. */
export function mountRoutes(app: FastifyInstance, endpoint: Endpoint, posts: Posts): void {
  app.register((mcp, _options, done) => {
    mcp.removeAllContentTypeParsers();
    // The bytes are looked at in the handler: fastify closes the connection on an error of a parser.
    mcp.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    mcp.setErrorHandler(renderError);
    const others = mcp.supportedMethods.filter((method) => !(SERVED as readonly string[]).includes(method));
    for (const { url, scope } of PATHS) {
      mcp.get(url, { exposeHeadRoute: false }, (request, reply) => answerGet(endpoint, request, reply, scope(request)));
      mcp.delete(url, (request, reply) => answerDelete(endpoint, request, reply, scope(request)));
      mcp.post(url, { bodyLimit: endpoint.limits.bodyBytes }, (request, reply) =>
        posts.answer(request, reply, scope(request)),
      );
      mcp.route({ url, method: others, config: { refuses: true }, onRequest: refuseMethod, handler: refuseMethod });
    }
    done();
  });
}

function refuseMethod(): Promise<never> {
  const headers = { allow: SERVED.join(', ') };
  return Promise.reject(new Refusal(405, RPC.invalidRequest, `Only ${headers.allow} are served`, { headers }));
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
