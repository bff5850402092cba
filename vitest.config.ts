import { configDefaults, defineConfig } from 'vitest/config';

/** The larger sizes run the same properties with the full numbers (tests/helpers/size.ts). */
const slow = process.env.CLARITY_TEST_SIZE !== undefined;

/** Rooms without state of their own: their files share one set of modules, since loading the compiler anew costs more than most of its tests. */
const PURE = [
  'compiler',
  'wasm-host',
  'manifest',
  'reconcile',
  'shared',
  'controller',
  'docs',
  'config',
  'security',
  'telemetry',
  'model',
].map((room) => `tests/${room}/**/*.test.ts`);

const common = {
  testTimeout: slow ? 180_000 : 30_000,
  hookTimeout: 30_000,
  expect: { poll: { timeout: 10_000 } },
  pool: 'forks',
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**'] },
    projects: [
      { test: { ...common, name: 'pure', include: PURE, isolate: false } },
      {
        test: {
          ...common,
          name: 'parts',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PURE],
        },
      },
    ],
  },
});
