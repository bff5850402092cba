import { configDefaults, defineConfig } from 'vitest/config';

/** The larger sizes run the same properties with the full numbers (tests/helpers/size.ts). */
const slow = process.env.CLARITY_TEST_SIZE !== undefined;

/** Their files share one set of modules: loading the compiler or the gateway anew costs more than most of their tests. The others start processes and threads, or watch folders. */
const SHARING = [
  ...[
    'api',
    'artifacts',
    'cli',
    'clarityc',
    'client',
    'compiler',
    'config',
    'contract',
    'controller',
    'docs',
    'gateway',
    'manifest',
  ],
  ...['model', 'reconcile', 'runtime', 'security', 'shared', 'store', 'telemetry', 'toolchain', 'wasm-host', 'writer'],
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
      { test: { ...common, name: 'sharing', include: SHARING, isolate: false } },
      {
        test: {
          ...common,
          name: 'parts',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SHARING],
        },
      },
    ],
  },
});
