import type { Origin } from './types.ts';

/** Every reference to a secret that an origin names. */
export function secretRefsOf(origin: Origin): readonly string[] {
  const entries = origin.type === 'remote_mcp' ? origin.headers : origin.env;
  const own = origin.type === 'remote_mcp' && origin.authRef !== undefined ? [origin.authRef] : [];
  return [...own, ...entries.flatMap(({ secretRef }) => (secretRef === undefined ? [] : [secretRef]))];
}
