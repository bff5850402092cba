import type { WasmOrigin } from '../../src/manifest/index.ts';

/** The origin of a local_wasm service, with the defaults of the manifest. */
export function wasmOrigin(more: Partial<WasmOrigin> = {}): WasmOrigin {
  return {
    type: 'local_wasm',
    entry: 'mcp_main',
    args: [],
    env: [],
    limits: { timeoutMs: 2000, maxConcurrency: 16, countWaits: false },
    ...more,
  };
}
