import type { LogLine } from '../reconcile/ports.ts';
import type { RuntimeService } from '../runtime/types.ts';
import type { EventStream } from './event-streams.ts';
import { LogCursor } from './log-cursor.ts';
import { presentLog } from './present.ts';

/** Lines that may come while the tail is read. */
const MAX_EARLY = 2000;

/** Feeds the tail and then every new line, none twice and none lost between the two, from after `lastEventId` where given. */
export function followLogs(
  runtime: RuntimeService,
  identity: string,
  options: { limit: number; lastEventId: string | string[] | undefined },
): (stream: EventStream) => () => void {
  return (stream) => {
    const cursor = new LogCursor(options.lastEventId);
    const deliver = (line: LogLine) => {
      const id = cursor.next(line.at);
      if (id !== undefined) stream.send(id, presentLog(line));
    };
    const early: LogLine[] = [];
    let receive = (line: LogLine) => {
      if (early.length < MAX_EARLY) early.push(line);
    };
    const stop = runtime.followLogs(identity, (line) => receive(line));
    runtime.logs(identity, options.limit).then(
      (tail) => {
        tail.forEach(deliver);
        withoutOverlap(tail, early).forEach(deliver);
        receive = deliver;
      },
      () => stream.fail(),
    );
    return stop;
  };
}

/** `early` without the lines that `tail` already ends with. */
function withoutOverlap(tail: readonly LogLine[], early: readonly LogLine[]): readonly LogLine[] {
  for (let length = Math.min(tail.length, early.length); length > 0; length--) {
    const end = tail.slice(-length);
    if (end.every((line, at) => sameLine(line, early[at]))) return early.slice(length);
  }
  return early;
}

function sameLine(a: LogLine, b: LogLine | undefined): boolean {
  return a.at === b?.at && a.stream === b.stream && a.text === b.text;
}
