import type { Identity } from '../reconcile/ports.ts';

/** What an endpoint shows: `/mcp` everything under prefixed names, `/mcp/s/<name>` one service under its raw names (surfaces.md, MCP). */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'service'; readonly identity: Identity };

/** Equal for equal scopes; sessions and cursors of one scope mean nothing in another. */
export function scopeKey(scope: Scope): string {
  return scope.kind === 'all' ? 'all' : `service:${scope.identity}`;
}

/** True where a change of the service is seen in the scope. */
export function scopeShows(scope: Scope, identity: Identity): boolean {
  return scope.kind === 'all' || scope.identity === identity;
}
