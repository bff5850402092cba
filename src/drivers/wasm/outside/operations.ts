import type { DriverDeps } from '../../deps.ts';
import type { Operations } from './operation.ts';

/** Every blocking import that the daemon carries out: the one place to add one. */
export function makeOperations(deps: DriverDeps): Operations {
  return { ...nothing(deps) };
}

function nothing(_deps: DriverDeps): Operations {
  return {};
}
