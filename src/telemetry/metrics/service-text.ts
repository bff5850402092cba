import type { Health, Lifecycle, Sync } from '../../shared/condition.ts';
import type { CallTally } from './call-meter.ts';
import { METRICS } from './table.ts';
import { labelValue, textFamily } from './text-family.ts';

/** A service at the moment of a scrape. */
export interface ServiceSample {
  readonly service: string;
  readonly origin: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly lifecycle: Lifecycle;
  readonly health: Health;
  readonly sync: Sync;
}

/** The circuit breaker of a service: closed, open or half_open. */
export type CircuitSample = readonly [service: string, state: string];

type Tallied = readonly [service: string, tally: CallTally];

/** Services whose lines are written in one go: one or two milliseconds. */
const SLICE = 250;

/**
 * The families with a series for each service, written straight from its state and in slices, so that calls go on meanwhile: prom-client would
 * keep a copy of 70,000 samples of 5,000 services and hold the event loop for 100 to 180 ms.
 */
export async function serviceText(
  samples: Iterable<ServiceSample>,
  tallies: ReadonlyMap<string, CallTally>,
  circuits: Iterable<CircuitSample>,
): Promise<string> {
  // Of one moment: services may come and go between two slices, and none may stand there twice.
  const services = [...samples];
  const called = [...tallies];
  const broken = [...circuits];
  return [
    await textFamily('clarity_service_ready', inSlices(services, readyLine)),
    await textFamily('clarity_service_restarts_total', inSlices(services, restartsLine)),
    await textFamily('clarity_service_info', inSlices(services, infoLine)),
    await textFamily('clarity_tool_calls_total', inSlices(called, callLines)),
    await textFamily('clarity_tool_call_duration_seconds', inSlices(called, durationLines)),
    await textFamily('clarity_circuit_state', inSlices(broken, circuitLines)),
  ].join('\n');
}

function readyLine({ service, ready }: ServiceSample): string {
  return `clarity_service_ready{service=${labelValue(service)}} ${ready ? '1' : '0'}\n`;
}

function restartsLine({ service, restarts }: ServiceSample): string {
  return `clarity_service_restarts_total{service=${labelValue(service)}} ${String(restarts)}\n`;
}

function infoLine({ service, origin, lifecycle, health, sync }: ServiceSample): string {
  const state = `origin="${origin}",lifecycle="${lifecycle}",health_status="${health}",sync_status="${sync}"`;
  return `clarity_service_info{service=${labelValue(service)},${state}} 1\n`;
}

function callLines([service, { outcomes }]: Tallied): string {
  const label = `service=${labelValue(service)}`;
  let text = '';
  for (const [outcome, count] of Object.entries(outcomes))
    text += `clarity_tool_calls_total{${label},outcome="${outcome}"} ${String(count)}\n`;
  return text;
}

const BOUNDS = [...METRICS.clarity_tool_call_duration_seconds.buckets, '+Inf'].map((bound) => `,le="${String(bound)}"`);

function durationLines([service, { durations, sumMs }]: Tallied): string {
  const label = `{service=${labelValue(service)}`;
  let text = '';
  let count = 0;
  for (const [at, bound] of BOUNDS.entries()) {
    count += durations[at] ?? 0;
    text += `clarity_tool_call_duration_seconds_bucket${label}${bound}} ${String(count)}\n`;
  }
  return `${text}clarity_tool_call_duration_seconds_sum${label}} ${String(sumMs / 1000)}
clarity_tool_call_duration_seconds_count${label}} ${String(count)}\n`;
}

function circuitLines([service, state]: CircuitSample): string {
  const line = (one: string) =>
    `clarity_circuit_state{service=${labelValue(service)},state="${one}"} ${state === one ? '1' : '0'}\n`;
  return line('open') + line('half_open');
}

async function* inSlices<T>(items: readonly T[], text: (item: T) => string): AsyncIterable<string> {
  for (let at = 0; at < items.length; at += SLICE) {
    yield items
      .slice(at, at + SLICE)
      .map(text)
      .join('');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
