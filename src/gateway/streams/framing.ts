import type { ProtocolVersion } from '../versions.ts';

/** How the streams of a session are written. */
export interface Framing {
  /** Messages carry ids, so that a reader can come back for what it missed. */
  readonly ids: boolean;
  /** The first bytes of every stream; `id` stands for all that the reader has. */
  readonly opening: (id: string) => string;
}

/** Without resumption: something must be sent so that proxies pass the headers on. */
export const PLAIN_FRAMING: Framing = { ids: false, opening: () => ': open\n\n' };

/**
 * 2025-11-25 opens each stream with an empty event and the time to wait before coming back; parsers of older clients take the empty data
 * for a message and stumble over it (mcp-gateway §1.9).
 */
export function framingOf(version: ProtocolVersion, retryMs: number): Framing {
  const primes = version === '2025-11-25';
  return {
    ids: true,
    opening: primes ? (id) => `id: ${id}\nretry: ${String(retryMs)}\ndata: \n\n` : PLAIN_FRAMING.opening,
  };
}
