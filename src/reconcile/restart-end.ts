import type { RestartPolicy } from '../manifest/index.ts';
import type { LastExit, Memory } from './ports.ts';

/**
 * What the restart mode makes of the last failure where nothing is started any more: a run that ended by itself with code 0 has completed, any
 * other has exited. Undefined where it is started again (manifest.md, restartPolicy).
 */
export function endOf(
  mode: RestartPolicy['mode'],
  failure: NonNullable<Memory['lastFailure']>,
  exit: LastExit | undefined,
): 'completed' | 'exited' | undefined {
  if (mode === 'always' || failure.terminal) return undefined;
  if (failure.reason === 'Restart' && exit?.code === 0) return 'completed';
  return mode === 'never' ? 'exited' : undefined;
}
