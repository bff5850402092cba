/** `slow` under `npm run test:slow`: the same properties with the full numbers; `soak` at night, where those take longer than a change may wait. */
const SIZE = process.env.CLARITY_TEST_SIZE;

/** Picks the number for the running size. */
export function sized(small: number, full: number, soak = full): number {
  if (SIZE === 'soak') return soak;
  return SIZE === 'slow' ? full : small;
}
