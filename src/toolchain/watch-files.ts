import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { pause } from '../shared/pause.ts';
import { fileStamp } from './source-reader.ts';

/** An editor writes a file in several steps: they count as one change. */
const SETTLE_MS = 50;
/** Some file systems (networks, containers) tell nothing, so the files are looked at by themselves too. */
const POLL_MS = 1000;

/**
 * Resolves with true when one of the files is no longer in the state that `inputs` has for it: changed, gone or come; with false when the
 * signal fires. The system's events only say when to look.
 */
export async function nextChange(
  inputs: ReadonlyMap<string, string>,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const folders = new Set([...inputs.keys()].map((path) => dirname(path)));
  const look = () => [...inputs].some(([path, stamp]) => fileStamp(path) !== stamp);
  let event = new AbortController();
  const watchers = [...folders].flatMap((folder) => watchFolder(folder, () => event.abort()));
  try {
    while (!signal.aborted) {
      if (look()) return true;
      await pause(clock, POLL_MS, AbortSignal.any([event.signal, signal]));
      event = new AbortController();
      await pause(clock, SETTLE_MS, signal);
    }
    return false;
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** The folder and not the file: editors replace files. None where the system cannot watch it. */
function watchFolder(folder: string, onEvent: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    // Missing, forbidden, or no watches left: then looking has to do.
    return [];
  }
}
