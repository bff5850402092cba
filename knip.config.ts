import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/daemon.ts',
    'src/cli/main.ts',
    'src/clarityc/main.ts',
    'src/clarityc/packed.ts',
    // The code of a thread, found by the path of its built file.
    'src/artifacts/compile-worker.ts',
    'src/drivers/wasm/thread/main.ts',
    'tests/**/*.test.ts',
    'examples/*/server.mjs',
  ],
  project: ['src/**/*.ts', 'tests/**/*.ts', 'examples/**/*.mjs'],
  // A room's face may name the types of its functions, whether or not somebody writes them down today.
  exclude: ['types'],
  ignoreDependencies: [
    // fastify brings a newer one that needs Node 22: by name it stays where Node 20 can run it.
    'light-my-request',
    // Tests run these as programs and find them by a computed path.
    '@cyanheads/git-mcp-server',
    '@modelcontextprotocol/conformance',
    '@modelcontextprotocol/inspector-cli',
    '@modelcontextprotocol/server-.+',
    'time-mcp',
  ],
  ignoreBinaries: ['mkfifo', 'ssh-keygen'],
} satisfies KnipConfig;
