import type { Clock } from '../shared/clock.ts';
import { pause } from '../shared/pause.ts';
import { INSTANCE_MARK } from './marks.ts';
import { readProcesses, signalProcess, type ProcessEntry } from './process-table.ts';

const TERM_MS = 1000;
const KILL_MS = 5000;

/** A process that an earlier daemon on the same state left behind. */
export interface Orphan {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Ends whatever carries the mark of this state directory, before anything is started (reconcile-behaviour §5, Daemon restart):
 * SIGTERM, a second, SIGKILL. Resolves with what was ended. Our own process and those above it are left alone: a daemon that
 * somebody starts from a service's shell would end itself. Elsewhere than on Linux it finds nothing: there children end at EOF.
 */
export async function sweepOrphans(stateHash: string, clock: Clock): Promise<readonly Orphan[]> {
  if (process.platform !== 'linux') return [];
  const swept = new Map<number, string>();
  const signalAll = async (signal: NodeJS.Signals): Promise<boolean> => {
    const found = await findOrphans(`${stateHash}:`);
    for (const { entry, identity } of found) {
      swept.set(entry.pid, identity);
      signalProcess(entry, signal);
    }
    return found.length > 0;
  };
  let alive = await signalAll('SIGTERM');
  const termUntil = clock.now() + TERM_MS;
  while (alive && clock.now() < termUntil) {
    await pause(clock, 20);
    alive = (await findOrphans(`${stateHash}:`)).length > 0;
  }
  const killUntil = clock.now() + KILL_MS;
  while (alive && clock.now() < killUntil) {
    alive = await signalAll('SIGKILL');
    if (alive) await pause(clock, 20);
  }
  return [...swept].map(([pid, identity]) => ({ pid, identity }));
}

async function findOrphans(prefix: string): Promise<{ entry: ProcessEntry; identity: string }[]> {
  const entries = await readProcesses();
  const parents = new Map(entries.map((entry) => [entry.pid, entry.parent]));
  const spared = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined; pid = parents.get(pid)) spared.add(pid);
  return entries.flatMap((entry) => {
    const mark = entry.environment.get(INSTANCE_MARK);
    if (mark?.startsWith(prefix) !== true || spared.has(entry.pid)) return [];
    return [{ entry, identity: mark.slice(prefix.length) }];
  });
}
