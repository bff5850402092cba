/**
 * True where every list that exists names the host (CLARITY_REMOTE_ALLOWED_HOSTS, a Policy's hosts): exact hostnames, no port, no
 * wildcard (original contract §11). Redirects are to be asked about too.
 */
export function hostAllowed(hostname: string, lists: readonly (readonly string[] | undefined)[]): boolean {
  const host = normalise(hostname);
  return lists.every((list) => list === undefined || list.some((entry) => normalise(entry) === host));
}

function normalise(hostname: string): string {
  return hostname
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
