import type { Clock } from '../../../../shared/clock.ts';
import { Bell } from '../bell.ts';
import { defineOperation } from '../define-operation.ts';
import { allowedUrl } from '../http/allowed.ts';
import { parseHeaders } from '../http/headers.ts';
import { openHandle } from '../open-handle.ts';
import type { Operations, OutsideCall } from '../operation.ts';
import { asErr } from '../plain-failure.ts';
import { EventStream } from './event-stream.ts';
import type { StreamOpener } from './stream-opener.ts';

/** How long `sse_next_event` waits (language.md §11 network). */
const PATIENCE_MS = 300_000n;

/** `sse_connect`, `sse_next_event`, `sse_next_event_timeout`, `sse_close`. */
export function sseOperations(clock: Clock, opener: StreamOpener): Operations {
  const next = async (name: string, handle: bigint, ms: bigint, { handles, signal }: OutsideCall) => {
    const stream = handles.get(handle, EventStream);
    if (stream === undefined) return { trap: `\`${name}\` got ${handle}, which is no event stream that is open.` };
    return stream.next({ clock, ms, signal });
  };
  return {
    sse_connect: defineOperation<'sse_connect'>('machines', async ([url, headers], call) => {
      const { program } = call;
      try {
        const stream = opener.open(allowedUrl(url, program), parseHeaders(headers), call, new Bell());
        await stream.opened;
        // An Option cannot say why a stream ended.
        void stream.finished.then((failure) => failure !== undefined && program.log('stderr', failure));
        return { ok: openHandle(call, stream) };
      } catch (error) {
        return asErr(error);
      }
    }),
    sse_next_event: defineOperation<'sse_next_event'>('machines', ([handle], call) =>
      next('sse_next_event', handle, PATIENCE_MS, call),
    ),
    sse_next_event_timeout: defineOperation<'sse_next_event_timeout'>('machines', ([handle, ms], call) =>
      next('sse_next_event_timeout', handle, ms, call),
    ),
    sse_close: defineOperation<'sse_close'>('machines', async ([handle], { handles }) => {
      if (handles.get(handle, EventStream) !== undefined) handles.close(handle);
      return undefined;
    }),
  };
}
