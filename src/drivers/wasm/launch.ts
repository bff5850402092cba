import type { DriverDeps } from '../deps.ts';
import type { Launch } from '../instance-driver.ts';

/** Reads, checks and serves the artifact of a local_wasm service; no thread is started before its first call. */
export function launchWasm(deps: DriverDeps): Launch {
  return () => Promise.reject(new Error(`to be written: ${deps.version}`));
}
