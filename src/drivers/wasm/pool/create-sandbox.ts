import type { Clock } from '../../../shared/clock.ts';
import type { Operations } from '../outside/operation.ts';
import type { Sandbox } from '../sandbox.ts';
import { ModuleCache } from './module-cache.ts';
import { ProgramCalls } from './program-calls.ts';
import { ThreadPool } from './thread-pool.ts';

export interface SandboxDeps {
  readonly clock: Clock;
  /** At most this many calls of one program compute at one time: cores - 1, and at least 1. */
  readonly slots: number;
  /** What waits for somebody outside; an import that is not among them is refused before a program is opened. */
  readonly operations: Operations;
}

/** Makes the pool; it ends its threads some time after the last call, and at once when no program is open. */
export function createSandbox(deps: SandboxDeps): Sandbox {
  const threads = new ThreadPool(deps.clock);
  const modules = new ModuleCache();
  let key = 0;
  return { open: (program) => new ProgramCalls({ ...deps, threads, modules }, program, ++key) };
}
