import { isLoopbackName } from './loopback.ts';

/** Whom the HTTP doors answer (surfaces.md, Doors). */
export interface DoorPolicy {
  /** The address that the server listens on: `127.0.0.1`, `::1`, `192.168.1.5`. */
  readonly boundHost: string;
  /** The port that it really listens on. */
  readonly port: number;
  /** `host` (any port) or `host:port`. */
  readonly allowedHosts: readonly string[];
  /** Whole origins: `https://example.com`, `vscode-webview://…`. */
  readonly allowedOrigins: readonly string[];
}

interface HostParts {
  /** Lower-case, an IPv6 address in its brackets. */
  readonly name: string;
  readonly port: number | undefined;
}

const AUTHORITY = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253}?)\.?(?::(\d{1,5}))?$/i;
const WEB_ORIGIN = /^(https?):\/\/([^/?#@\s]+)$/i;
const DEFAULT_PORTS: Record<string, number> = { http: 80, https: 443 };

/**
 * True where the Host header is a loopback name, the bound address or an allowed host, with or without a port: a page that
 * rebinds its own name to our address is refused. A missing or malformed header is refused too.
 */
export function checkHost(header: string | undefined, policy: DoorPolicy): boolean {
  const host = parseAuthority(header);
  if (host === undefined) return false;
  return isLoopbackName(host.name) || host.name === boundName(policy) || isAllowedHost(host, policy, host.port);
}

/**
 * True where there is no Origin (no browser), or it is loopback on any port, the daemon's own (the bound address at our port, an
 * allowed host), or allowed. `null` (a sandboxed frame, a file) is refused.
 */
export function checkOrigin(header: string | undefined, policy: DoorPolicy): boolean {
  if (header === undefined) return true;
  if (policy.allowedOrigins.some((origin) => origin.toLowerCase() === header.toLowerCase())) return true;
  const [, scheme = '', authority] = WEB_ORIGIN.exec(header) ?? [];
  const host = parseAuthority(authority);
  if (host === undefined) return false;
  if (isLoopbackName(host.name)) return true;
  const standard = DEFAULT_PORTS[scheme.toLowerCase()];
  const port = host.port ?? standard;
  if (host.name === boundName(policy)) return port === policy.port;
  // Behind a proxy our own page has the proxy's port, which is the standard one unless the allowed host names another.
  return isAllowedHost(host, policy, port) && (namesPort(host, policy) || port === standard || port === policy.port);
}

function isAllowedHost({ name }: HostParts, policy: DoorPolicy, port: number | undefined): boolean {
  return policy.allowedHosts.some((entry) => {
    const allowed = parseAuthority(entry);
    return allowed?.name === name && (allowed.port === undefined || allowed.port === port);
  });
}

function namesPort({ name, port }: HostParts, policy: DoorPolicy): boolean {
  return port !== undefined && policy.allowedHosts.some((entry) => entry.toLowerCase() === `${name}:${port}`);
}

/** The bound address as a Host writes it; undefined for the wildcards, which are nobody's name. */
function boundName({ boundHost }: DoorPolicy): string | undefined {
  const host = boundHost.toLowerCase();
  if (host === '0.0.0.0' || host === '::' || host === '') return undefined;
  return host.includes(':') ? `[${host}]` : host;
}

function parseAuthority(text: string | undefined): HostParts | undefined {
  const match = text === undefined ? null : AUTHORITY.exec(text);
  const [, name, digits] = match ?? [];
  if (name === undefined) return undefined;
  const port = digits === undefined ? undefined : Number(digits);
  return port !== undefined && port > 65_535 ? undefined : { name: name.toLowerCase(), port };
}
