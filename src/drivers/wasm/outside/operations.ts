import type { DriverDeps } from '../../deps.ts';
import { a2aOperations } from './a2a/a2a-operations.ts';
import { hitlOperations } from './hitl/hitl-operations.ts';
import { httpOperations } from './http/http-operations.ts';
import { WebClient } from './http/web-client.ts';
import { mcpOperations } from './mcp/mcp-operations.ts';
import { modelOperations } from './model/model-operations.ts';
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
/** To one origin: models answer slowly, and whoever asks them must not wait for whoever asks anything else. */
const MINDS = 256;

/** Every blocking import that the daemon carries out: the one place to add one. */
export function makeOperations(deps: DriverDeps): Operations {
  const { clock, version } = deps;
  const streams = new StreamOpener(clock, new WebClient(version, STREAMS));
  const requests = new WebClient(version, REQUESTS);
  return {
    ...sleepOperations(clock),
    ...httpOperations(clock, requests),
    ...sseOperations(clock, streams),
    ...muxOperations(clock, streams),
    ...watchOperations(clock),
    ...modelOperations(deps, new WebClient(version, MINDS)),
    ...mcpOperations(deps, requests),
    ...a2aOperations(deps, requests),
    ...hitlOperations(deps),
  };
}
