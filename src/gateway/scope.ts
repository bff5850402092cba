import type { GatewayView, Identity } from '../reconcile/ports.ts';

/**
 * What an endpoint shows: `/mcp` everything under prefixed names, `/mcp/s/<name>` one service under its raw names, `/mcp/t/<name>` the tools of a
 * toolset (surfaces.md, MCP).
 */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'service'; readonly identity: Identity }
  | { readonly kind: 'toolset'; readonly name: string };

/** Equal for equal scopes; sessions and cursors of one scope mean nothing in another. */
export function scopeKey(scope: Scope): string {
  if (scope.kind === 'all') return 'all';
  return scope.kind === 'service' ? `service:${scope.identity}` : `toolset:${scope.name}`;
}

/** True where the service is one of those that the scope is about. */
export function scopeShows(scope: Scope, identity: Identity, view: Pick<GatewayView, 'toolset'>): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'service'
    ? scope.identity === identity
    : (view.toolset(scope.name)?.members.has(identity) ?? false);
}
