import type { DriverDeps } from '../../deps.ts';
import { httpOperations } from './http/http-operations.ts';
import { WebClient } from './http/web-client.ts';
import { muxOperations } from './mux/mux-operations.ts';
import type { Operations } from './operation.ts';
import { sleepOperations } from './sleep.ts';
import { sseOperations } from './sse/sse-operations.ts';
import { StreamOpener } from './sse/stream-opener.ts';
import { watchOperations } from './watch/watch-operations.ts';

/** To one origin: as many as calls may wait at a time. */
const REQUESTS = 64;
/** To one origin: streams hold theirs for long, so they do not share those of requests. */
const STREAMS = 256;

/** Every blocking import that the daemon carries out: the one place to add one. */
export function makeOperations({ clock, version }: DriverDeps): Operations {
  const streams = new StreamOpener(clock, new WebClient(version, STREAMS));
  return {
    ...sleepOperations(clock),
    ...httpOperations(clock, new WebClient(version, REQUESTS)),
    ...sseOperations(clock, streams),
    ...muxOperations(clock, streams),
    ...watchOperations(clock),
  };
}
