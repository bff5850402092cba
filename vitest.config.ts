import { defineConfig } from 'vitest/config';

/** Slow mode runs the same properties with the full numbers (tests/helpers/size.ts). */
const slow = process.env.CLARITY_TEST_SIZE === 'slow';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: slow ? 180_000 : 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'] },
  },
});
