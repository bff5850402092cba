import type { RemoteOrigin } from '../../manifest/index.ts';
import type { Desired } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { DriverDeps } from '../deps.ts';

/** The endpoint of a remote, after the host has been allowed. Throws ClarityError ManifestInvalid or HostNotAllowed. */
export function allowedEndpoint(origin: RemoteOrigin, desired: Desired, allowHost: DriverDeps['allowHost']): URL {
  const url = parseUrl(origin.endpoint);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new ClarityError('ManifestInvalid', 'spec.origin.endpoint is no http or https address');
  if (!allowHost(url.hostname, desired))
    throw new ClarityError('HostNotAllowed', `the host ${url.hostname} is not on the allow-list for remote services`);
  return url;
}

/** An address as it may be shown: query, fragment and user information can hold secrets. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** An address, relative to `base` where given; undefined for text that is none. */
export function parseUrl(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
}
