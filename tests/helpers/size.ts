/** True under `npm run test:slow`: the same properties with the full numbers. */
const SLOW = process.env.CLARITY_TEST_SIZE === 'slow';

/** Picks the number for the running size. */
export function sized(small: number, full: number): number {
  return SLOW ? full : small;
}
