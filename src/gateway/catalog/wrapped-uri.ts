/**
 * The form of a URI whose plain form belongs to another service: `mcp+<slug>:///<uri>`. The URI stays as it is in the path,
 * so that a wrapped template expands to the wrapped form of what the template expands to (mcp-gateway §3.3).
 */
export function wrapUri(namespace: string, uri: string): string {
  return `${wrapPrefix(namespace)}${uri}`;
}

/** The slug and the plain form; undefined for a URI that is not wrapped. */
export function unwrapUri(uri: string): { readonly prefix: string; readonly uri: string } | undefined {
  const prefix = /^mcp\+[a-z0-9-]+:\/\/\//.exec(uri)?.[0];
  return prefix === undefined ? undefined : { prefix, uri: uri.slice(prefix.length) };
}

/** An underscore is illegal in a scheme (RFC 3986 §3.1), a hyphen in a namespace: the exchange is reversible. */
export function wrapPrefix(namespace: string): string {
  return `mcp+${namespace.replaceAll('_', '-')}:///`;
}
