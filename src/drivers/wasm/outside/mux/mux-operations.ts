import type { Clock } from '../../../../shared/clock.ts';
import { defineOperation } from '../define-operation.ts';
import { allowedUrl } from '../http/allowed.ts';
import { parseHeaders } from '../http/headers.ts';
import { openHandle } from '../open-handle.ts';
import type { Operations, OutsideCall } from '../operation.ts';
import { asTrap } from '../plain-failure.ts';
import type { StreamOpener } from '../sse/stream-opener.ts';
import { Mux } from './mux.ts';

const MAX_ID = 1024;

/** `mux_open`, `mux_add`, `mux_next`, `mux_remove`, `mux_close` (language.md §11 network). */
export function muxOperations(clock: Clock, opener: StreamOpener): Operations {
  return {
    mux_open: defineOperation<'mux_open'>('machines', async (_args, call) => {
      try {
        return openHandle(call, new Mux());
      } catch (error) {
        return asTrap(error);
      }
    }),
    // The type has no Err: what cannot be begun ends the call, and how a stream ends comes with `mux_next`.
    mux_add: defineOperation<'mux_add'>('machines', async ([handle, id, url, headers], call) => {
      const mux = muxOf(call, handle);
      if (mux === undefined) return unknown('mux_add', handle);
      if (id.length > MAX_ID) return { trap: `\`mux_add\` got a stream id of more than ${MAX_ID} characters.` };
      try {
        const allowed = allowedUrl(url, call.program);
        const parsed = parseHeaders(headers);
        mux.add(id, (bell) => opener.open(allowed, parsed, call, bell));
        return undefined;
      } catch (error) {
        return asTrap(error);
      }
    }),
    mux_next: defineOperation<'mux_next'>('machines', async ([handle, ms], call) => {
      const mux = muxOf(call, handle);
      if (mux === undefined) return unknown('mux_next', handle);
      const next = await mux.next({ clock, ms, signal: call.signal });
      return next === undefined ? undefined : JSON.stringify(next);
    }),
    mux_remove: defineOperation<'mux_remove'>('machines', async ([handle, id], call) => {
      muxOf(call, handle)?.remove(id);
      return undefined;
    }),
    mux_close: defineOperation<'mux_close'>('machines', async ([handle], call) => {
      if (muxOf(call, handle) !== undefined) call.handles.close(handle);
      return undefined;
    }),
  };
}

const muxOf = ({ handles }: OutsideCall, handle: bigint) => handles.get(handle, Mux);
const unknown = (name: string, handle: bigint) => ({
  trap: `\`${name}\` got ${handle}, which is no mux that is open.`,
});
