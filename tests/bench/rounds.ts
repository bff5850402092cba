import type { Load } from './load.ts';
import { medianLoad } from './load.ts';

const SECONDS = 3;
const ROUNDS = 3;

/** Alternating rounds, one unmeasured first, so that what else the machine does falls on all alike. */
export async function rounds<K extends string>(
  runs: Record<K, (seconds: number) => Promise<Load>>,
): Promise<Record<K, Load>> {
  const names = Object.keys(runs) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Load[]])) as unknown as Record<K, Load[]>;
  for (const name of names) await runs[name](1);
  for (let round = 0; round < ROUNDS; round++) for (const name of names) results[name].push(await runs[name](SECONDS));
  return Object.fromEntries(names.map((name) => [name, medianLoad(results[name])])) as Record<K, Load>;
}

export function show({ rate, p50, p99 }: Load): string {
  return `${rate.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
}

export function against(one: Load, other: Load, name: string): string {
  return `p50 ${(one.p50 / other.p50).toFixed(2)}x, rate ${(one.rate / other.rate).toFixed(2)} of ${name}`;
}
