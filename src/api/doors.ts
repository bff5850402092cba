import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authorize } from '../security/authorize.ts';
import { checkHost, checkOrigin, type DoorPolicy } from '../security/door-policy.ts';
import { ClarityError } from '../shared/errors.ts';

/** What the doors let in (surfaces.md, Doors). The port is the one that a request came to. */
export interface DoorSettings extends Omit<DoorPolicy, 'port'> {
  readonly token?: string;
}

/** Routes that answer without a token; every other one is closed, also those that somebody adds later. */
const OPEN = new Set([
  ...['/', '/status', '/favicon.svg', '/favicon.ico', '/favicon.png', '/apple-touch-icon.png'],
  ...['/healthz', '/readyz', '/hooks/:id'],
]);
const OPEN_FOLDER = '/.well-known/';

/** Routes that do not mind the Host: a load balancer or a forge calls them by whatever name it has. */
const ANY_HOST = new Set(['/healthz', '/hooks/:id']);

const CORS_HEADERS = {
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, accept, last-event-id, mcp-protocol-version, mcp-session-id, x-clarity-token, x-clarity-managed-by',
  'access-control-max-age': '600',
};

/** True for a route that needs no token. */
export function isOpen(url: string): boolean {
  return OPEN.has(url) || url.startsWith(OPEN_FOLDER);
}

/** True where the caller would pass the door of a closed route. */
export function isAuthorized(request: FastifyRequest, { token }: DoorSettings): boolean {
  return refusalOf(request, token) === undefined;
}

/** Hooks of the whole application, so that no route can forget them: Host, Origin, CORS, then who is asking. */
export function hangDoors(app: FastifyInstance, settings: DoorSettings): void {
  const hosts = new Welcome((host) => checkHost(host, { ...settings, port: 0 }));
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const strange = ANY_HOST.has(routeOf(request)) ? undefined : hostsOf(request).find((host) => !hosts.isKnown(host));
    if (strange !== undefined)
      throw new ClarityError('Forbidden', `the Host ${strange || '(none)'} is not allowed; see --allowed-host`);
    const { origin } = request.headers;
    if (origin !== undefined && !checkOrigin(origin, { ...settings, port: request.socket.localPort ?? 0 }))
      throw new ClarityError('Forbidden', `the Origin ${origin} is not allowed; see --allowed-origin`);
    if (allowOrigin(request, reply, settings)) return;
    const refusal = isOpen(routeOf(request)) ? undefined : refusalOf(request, settings.token);
    done(refusal);
  });
}

/** Texts that have passed a check, so that the same one is not taken apart with every request. */
class Welcome {
  readonly #check: (text: string) => boolean;
  readonly #passed = new Set<string>();

  constructor(check: (text: string) => boolean) {
    this.#check = check;
  }

  isKnown(text: string): boolean {
    if (this.#passed.has(text)) return true;
    if (!this.#check(text)) return false;
    // There are as many names of loopback as a caller can think of.
    if (this.#passed.size < 100) this.#passed.add(text);
    return true;
  }
}

/** The pattern of the route; for an unknown path the path itself. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? pathOf(request);
}

/** Every name by which the request calls us: an absolute target counts for more than Host, and Host may stand there twice (RFC 9112 §3.2). */
function hostsOf({ raw }: FastifyRequest): string[] {
  const hosts: string[] = [];
  const { rawHeaders, url = '' } = raw;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') hosts.push(rawHeaders[at + 1] ?? '');
  }
  if (hosts.length === 0) hosts.push('');
  const target = url.startsWith('/') ? null : /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url);
  if (target !== null) hosts.push(target[1] ?? '');
  return hosts;
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '';
}

/** CORS for the origins of --allowed-origin alone. True where the request was a preflight and is answered. */
function allowOrigin(request: FastifyRequest, reply: FastifyReply, { allowedOrigins }: DoorSettings): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !allowedOrigins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase()))
    return false;
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'mcp-session-id, mcp-protocol-version, x-request-id, retry-after, www-authenticate',
    vary: 'Origin',
  });
  if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
  void reply.headers(CORS_HEADERS).code(204).send();
  return true;
}

function refusalOf(request: FastifyRequest, token: string | undefined): ClarityError | undefined {
  const { method, headers, query, ip } = request;
  const parameters = (query ?? {}) as Record<string, unknown>;
  return authorize({ method, path: pathOf(request), headers, query: parameters, peer: ip }, token);
}
