import type { OriginType, RestartPolicy } from '../manifest/index.ts';

/** First delay and cap of the crash back-off (reconcile-behaviour §5). */
const BASE_MS = 1000;
const CAP_MS: Record<OriginType, number> = { local_wasm: 300_000, local_stdio: 300_000, remote_mcp: 60_000 };

/** A run that lasted longer than this is started again at once, the first time. */
export const LONG_RUN_MS = 10_000;
/** Terminal failures are looked at again this often: the command may have been installed meanwhile. */
export const TERMINAL_RETRY_MS = 300_000;

/**
 * Milliseconds to wait before attempt number `streak + 1`: base · 2^(streak-1), capped, spread by ± 10 %.
 * The spread comes from the seed, not from chance, so that equal inputs give equal plans.
 */
export function crashDelayMs(type: OriginType, streak: number, seed: string): number {
  if (streak <= 0) return 0;
  const delay = Math.min(CAP_MS[type], BASE_MS * 2 ** Math.min(streak - 1, 30));
  return Math.round(delay * (0.9 + 0.2 * fraction(seed)));
}

/** Pause after `failures` in a row of our own doing (a reconcile that threw, a stop that failed): 500 ms · 2^(n-1), at most 5 min (§4). */
export function retryDelayMs(failures: number): number {
  return Math.min(300_000, 500 * 2 ** Math.min(failures - 1, 20));
}

/** How long a run must stay Ready before its earlier failures are forgotten. */
export function stableAfterMs(policy: RestartPolicy): number {
  return Math.min(600_000, policy.windowSeconds * 1000);
}

/** Spreads `ms` by ± `share` (0..1) according to the seed. */
export function spread(ms: number, share: number, seed: string): number {
  return Math.round(ms * (1 - share + 2 * share * fraction(seed)));
}

/** FNV-1a of the seed as a fraction in [0, 1). */
function fraction(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
