import { isJsonObject, type Json } from './json.ts';

/** How much more may be looked at; shared by the comparisons of one piece of work. */
export interface Budget {
  left: number;
}

/** Characters of text that cost as much as one value. */
const CHARS_A_STEP = 64;

/**
 * Whether two JSON values are equal, whatever the order of their members. Values from outside may be nested as deep as they like: nothing is
 * recursive. Where the budget does not suffice the answer is false.
 */
export function sameValue(a: Json | undefined, b: Json | undefined, budget: Budget = { left: Infinity }): boolean {
  const pending: [Json | undefined, Json | undefined][] = [[a, b]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [one, other] = pair;
    budget.left -= 1 + (typeof one === 'string' ? one.length / CHARS_A_STEP : 0);
    if (budget.left < 0) return false;
    if (one === other) continue;
    const parts = partsOf(one, other);
    if (parts === undefined) return false;
    // Not spread into push: an array may be longer than a call has room for arguments.
    for (const part of parts) pending.push(part);
  }
  return true;
}

/** What must be equal for the two to be; undefined where they cannot be. */
function partsOf(one: Json | undefined, other: Json | undefined): [Json | undefined, Json | undefined][] | undefined {
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return undefined;
    const others = other as readonly Json[];
    return (one as readonly Json[]).map((item, index) => [item, others[index]]);
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return undefined;
  const keys = Object.keys(one).filter((key) => one[key] !== undefined);
  const others = Object.keys(other).filter((key) => other[key] !== undefined);
  if (keys.length !== others.length || !keys.every((key) => Object.hasOwn(other, key))) return undefined;
  return keys.map((key) => [one[key], other[key]]);
}
