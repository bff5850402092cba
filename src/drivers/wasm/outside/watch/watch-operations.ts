import type { Clock } from '../../../../shared/clock.ts';
import { oneLine } from '../../../../shared/text.ts';
import { defineOperation } from '../define-operation.ts';
import { openHandle } from '../open-handle.ts';
import type { Operations } from '../operation.ts';
import { asErr } from '../plain-failure.ts';
import { FileWatch } from './file-watch.ts';
import { watchedPath } from './watched-path.ts';

/** `fs_watch_start`, `fs_watch_next`, `fs_watch_stop` (language.md §11 filesystem). */
export function watchOperations(clock: Clock): Operations {
  return {
    fs_watch_start: defineOperation<'fs_watch_start'>('machines', async ([path], call) => {
      const { program, signal } = call;
      const onLost = () =>
        program.log('stderr', `More than 256 changes of ${oneLine(path)} were not read, so that some are lost.`);
      try {
        const watch = new FileWatch(watchedPath(path, program), path, signal, onLost);
        return { ok: openHandle(call, watch) };
      } catch (error) {
        return asErr(error);
      }
    }),
    fs_watch_next: defineOperation<'fs_watch_next'>('machines', async ([handle, ms], { handles, signal }) => {
      const watch = handles.get(handle, FileWatch);
      if (watch === undefined) return { trap: `\`fs_watch_next\` got ${handle}, which is no watch that is open.` };
      const change = await watch.next({ clock, ms, signal });
      return change === undefined ? undefined : JSON.stringify(change);
    }),
    fs_watch_stop: defineOperation<'fs_watch_stop'>('machines', async ([handle], { handles }) => {
      if (handles.get(handle, FileWatch) !== undefined) handles.close(handle);
      return undefined;
    }),
  };
}
