import type { AddressInfo } from 'node:net';
import { ClarityError } from '../shared/errors.ts';

/**
 * The daemon's own address, `http://HOST:PORT`, from the socket that it listens on: no header of a request has a say in it.
 * Loopback where it listens on all addresses. Throws ClarityError NotReady before it listens.
 */
export function ownUrl(server: { address(): AddressInfo | string | null }): string {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new ClarityError('NotReady', 'the daemon does not listen yet; name an endpoint');
  const host = ['0.0.0.0', '::'].includes(address.address) ? '127.0.0.1' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`;
}
