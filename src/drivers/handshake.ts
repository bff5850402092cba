import type { Upstream } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, type ErrorCode } from '../shared/errors.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { oneLine } from '../shared/text.ts';
import type { Session } from './session.ts';

/** The newest first; the others are accepted where the server answers with them (mcp-gateway §0). */
const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

export interface HandshakeOptions {
  readonly clock: Clock;
  /** Of this package. */
  readonly version: string;
  /** What is declared: that of the clients for whom the connection speaks. */
  readonly capabilities: JsonObject;
  /** For initialize and notifications/initialized together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The code for a server that breaks the protocol. */
  readonly failure: ErrorCode;
}

/**
 * initialize, then notifications/initialized, both within the time.
 * Rejects with RpcError (no answer, or a refusal), DeadlineError, or ClarityError `failure` for an answer that is none.
 */
export async function handshake(session: Session, options: HandshakeOptions): Promise<Upstream['server']> {
  const { clock, version, capabilities, timeoutMs, signal, failure } = options;
  const startedAtMs = clock.now();
  const params = {
    protocolVersion: VERSIONS[0],
    capabilities,
    clientInfo: { name: 'clarity-runtime', version },
  };
  const result = await session.request('initialize', params, { timeoutMs, maxTotalMs: timeoutMs, signal });
  const server = parseServer(result, failure);
  const remainingMs = Math.max(1, timeoutMs - (clock.now() - startedAtMs));
  await session.notify('notifications/initialized', undefined, { timeoutMs: remainingMs, signal });
  return server;
}

function parseServer(result: JsonObject, failure: ErrorCode): Upstream['server'] {
  const { protocolVersion, capabilities, serverInfo, instructions } = result;
  if (typeof protocolVersion !== 'string' || !VERSIONS.some((version) => version === protocolVersion)) {
    const asked = oneLine(JSON.stringify(protocolVersion ?? null), 60);
    throw new ClarityError(
      failure,
      `it answered initialize with protocol version ${asked}; known: ${VERSIONS.join(', ')}`,
    );
  }
  if (!isJsonObject(capabilities) || !isJsonObject(serverInfo))
    throw new ClarityError(failure, 'it answered initialize without capabilities or serverInfo');
  const described = { protocolVersion, capabilities, serverInfo };
  return typeof instructions === 'string' ? { ...described, instructions } : described;
}
