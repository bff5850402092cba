import { createHash, timingSafeEqual } from 'node:crypto';
import { ClarityError } from '../shared/errors.ts';
import { isLoopbackPeer } from './loopback.ts';

/** What a decision about one request needs; Node's headers fit as they are. */
export interface DoorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The socket's remote address. */
  readonly peer: string | undefined;
}

/** The only routes where an EventSource, which cannot set headers, may carry the token in the query. */
const QUERY_TOKEN_PATHS = new Set(['/events', '/api/events']);

/**
 * The refusal of a request that is not allowed in, or undefined (original contract §0, Auth; surfaces.md, Doors).
 * With a token: Unauthorized unless the request carries it. Without one: Forbidden unless it comes from this machine.
 */
export function authorize(request: DoorRequest, token: string | undefined): ClarityError | undefined {
  if (token !== undefined) {
    const credential = credentialOf(request);
    if (credential !== undefined && equalSecrets(credential, token)) return undefined;
    return new ClarityError('Unauthorized', 'unauthorized');
  }
  if (isLoopbackPeer(request.peer)) return undefined;
  return new ClarityError(
    'Forbidden',
    'without a token only this machine is answered: set CLARITYD_AUTH_TOKEN (or --auth-token) to allow remote access',
  );
}

/** Authorization: Bearer, then x-clarity-token, then ?token= where that is allowed. */
function credentialOf({ method, path, headers, query, peer }: DoorRequest): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(single(headers.authorization)?.trim() ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const own = single(headers['x-clarity-token'])?.trim();
  if (own !== undefined && own !== '') return own;
  const inQuery = method === 'GET' && QUERY_TOKEN_PATHS.has(path) && isLoopbackPeer(peer);
  return inQuery && typeof query.token === 'string' ? query.token : undefined;
}

/** Constant time over digests of one length, so that neither the text nor its length leaks. */
function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' || value === undefined ? value : value[0];
}
