import type { OriginType } from '../manifest/index.ts';
import type { Driver } from '../reconcile/ports.ts';
import type { DriverDeps } from './deps.ts';
import { InstanceDriver, type Launch } from './instance-driver.ts';
import { launchRemote } from './remote/launch.ts';
import { launchStdio } from './stdio/launch.ts';
import { launchWasm } from './wasm/launch.ts';

/** The one place to add a driver: an origin type, and how it is launched. */
const LAUNCHERS: readonly (readonly [OriginType, (deps: DriverDeps) => Launch])[] = [
  ['local_stdio', launchStdio],
  ['remote_mcp', launchRemote],
  ['local_wasm', launchWasm],
];

/** Every driver of this build, by the origin type that it runs. */
export function makeDrivers(deps: DriverDeps): ReadonlyMap<OriginType, Driver> {
  return new Map(LAUNCHERS.map(([type, launch]) => [type, new InstanceDriver(type, deps.clock, launch(deps))]));
}
