import type { ImportGroup } from './import-group.ts';

const FRACTION_BITS = 53n;
const FRACTION = 2 ** 53;

/** Random numbers from the environment's source (language.md §11 random). */
export const randomImports: ImportGroup = (host) => ({
  random_int: (min: bigint, max: bigint) => between(host.need('random', 'random_int'), min, max),
  random_float: () => host.need('random', 'random_float')(),
});

/** Both ends included. Two draws give 106 bits, so that each of 2^64 values is as likely as the others. */
function between(random: () => number, min: bigint, max: bigint): bigint {
  if (max <= min) return min;
  const span = max - min + 1n;
  const bits = () => BigInt(Math.floor(random() * FRACTION));
  const draw = (bits() << FRACTION_BITS) | bits();
  return min + ((draw * span) >> (2n * FRACTION_BITS));
}
