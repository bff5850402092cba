import { describe, expect, it } from 'vitest';
import { Metrics, type FleetSamples } from '../../src/telemetry/metrics/metrics.ts';
import { METRICS } from '../../src/telemetry/metrics/table.ts';
import { FakeClock } from '../helpers/clock.ts';
import { readExposition, sampleOf } from '../helpers/exposition.ts';

const sample = (service: string) => ({
  service,
  origin: 'local_stdio',
  ready: true,
  restarts: 2,
  lifecycle: 'RUNNING' as const,
  health: 'Healthy' as const,
  sync: 'Synced' as const,
});

function metricsOf(fleet: FleetSamples = { services: [sample('files')], manifestErrors: [['services.d', 3]] }) {
  const clock = new FakeClock();
  const circuits = [['files', 'half_open'] as const];
  const gateway = () => ({ sessions: 3, streams: 2, inFlight: 1, circuits });
  return { clock, metrics: new Metrics({ clock, version: '1.2.3', fleet: () => fleet, gateway }) };
}

describe('the exposition', () => {
  it('has every metric of the table with its type, help and labels, and no other', async () => {
    const { metrics } = metricsOf();
    metrics.controller.workers(4);
    metrics.sources.looked('services.d', true);
    metrics.calls.begin('files')('success');
    const families = readExposition((await metrics.scrape()).text);
    expect([...families.keys()].sort()).toEqual(Object.keys(METRICS).sort());
    for (const [name, { type, help, labels }] of Object.entries(METRICS)) {
      const family = families.get(name)!;
      expect([name, family.type, family.help]).toEqual([name, type, help]);
      expect([name, family.samples.size > 0]).toEqual([name, true]);
      for (const key of family.samples.keys()) {
        const named = [...key.matchAll(/([a-z_]+)="/g)].map(([, label]) => label!).filter((label) => label !== 'le');
        expect([name, named.sort()]).toEqual([name, [...labels].sort()]);
      }
    }
  });

  it('shows a service as it is, and nothing of one that is gone', async () => {
    const services = [sample('a'), sample('b')];
    const { metrics } = metricsOf({ services, manifestErrors: [] });
    const ended = metrics.calls.begin('b');
    metrics.calls.begin('b')('timeout');
    const before = (await metrics.scrape()).text;
    expect(sampleOf(before, 'clarity_service_ready{service="b"}')).toBe(1);
    expect(sampleOf(before, 'clarity_service_restarts_total{service="b"}')).toBe(2);
    expect(before).toContain(
      'clarity_service_info{service="b",origin="local_stdio",lifecycle="RUNNING",health_status="Healthy",sync_status="Synced"} 1\n',
    );
    expect(sampleOf(before, 'clarity_tool_calls_total{service="b",outcome="timeout"}')).toBe(1);
    services.pop();
    metrics.forget('b');
    ended('success');
    const after = (await metrics.scrape()).text;
    expect(sampleOf(after, 'clarity_service_ready{service="a"}')).toBe(1);
    expect(after).not.toContain('service="b"');
  });

  it('shows what the gateway holds, and each state of a circuit', async () => {
    const { text } = await metricsOf().metrics.scrape();
    const gauges = ['sessions', 'streams', 'requests_in_flight'].map((what) => `clarity_gateway_${what}`);
    const states = ['open', 'half_open'].map((state) => `clarity_circuit_state{service="files",state="${state}"}`);
    expect([...gauges, ...states].map((one) => sampleOf(text, one))).toEqual([3, 2, 1, 0, 1]);
  });

  it('puts calls into cumulative buckets', async () => {
    const { clock, metrics } = metricsOf();
    for (const ms of [0, 5, 6, 100, 10_000, 10_001, 60_000]) {
      const ended = metrics.calls.begin('files');
      clock.advance(ms);
      ended('success');
    }
    const { text } = await metrics.scrape();
    const bucket = (le: string) =>
      sampleOf(text, `clarity_tool_call_duration_seconds_bucket{service="files",le="${le}"}`);
    expect(['0.005', '0.025', '0.1', '0.5', '2.5', '10', '+Inf'].map(bucket)).toEqual([2, 3, 4, 4, 4, 5, 7]);
    expect(sampleOf(text, 'clarity_tool_call_duration_seconds_count{service="files"}')).toBe(7);
    expect(sampleOf(text, 'clarity_tool_call_duration_seconds_sum{service="files"}')).toBe(80.112);
  });

  it('stays readable whatever a service is called', async () => {
    const { metrics } = metricsOf({ services: [sample('a"b\\c\nd')], manifestErrors: [] });
    const { text } = await metrics.scrape();
    expect(sampleOf(text, String.raw`clarity_service_ready{service="a\"b\\c\nd"}`)).toBe(1);
  });

  it('is made once for callers that come together, and anew for the next', async () => {
    let asked = 0;
    const fleet = () => ((asked += 1), { services: [], manifestErrors: [] });
    const metrics = new Metrics({ clock: new FakeClock(), version: '1', fleet });
    const [first, second] = await Promise.all([metrics.scrape(), metrics.scrape()]);
    expect(first).toBe(second);
    const askedTogether = asked;
    expect(await metrics.scrape()).not.toBe(first);
    expect(asked).toBe(2 * askedTogether);
  });

  it('holds each service once though they come and go while it is written', async () => {
    const fleet = new Map(Array.from({ length: 1000 }, (_, at) => [`s${String(at)}`, sample(`s${String(at)}`)]));
    const clock = new FakeClock();
    const samples = () => ({ services: fleet.values(), manifestErrors: [] });
    const metrics = new Metrics({ clock, version: '1', fleet: samples });
    const scraped = metrics.scrape();
    const end = { over: false };
    void scraped.finally(() => (end.over = true));
    for (let at = 0; !end.over; at = (at + 1) % 1000) {
      fleet.delete(`s${String(at)}`);
      fleet.set(`s${String(at)}`, sample(`s${String(at)}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { samples: ready } = readExposition((await scraped).text).get('clarity_service_ready')!;
    expect(ready.size).toBe(1000);
  });

  it('tells of a source when it was last read completely', async () => {
    const { clock, metrics } = metricsOf();
    const at = clock.now() / 1000;
    metrics.sources.looked('services.d', true);
    clock.advance(5000);
    metrics.sources.looked('services.d', false);
    metrics.sources.missed('services.d');
    const { text } = await metrics.scrape();
    expect(sampleOf(text, 'clarity_source_last_success_timestamp_seconds{source="services.d"}')).toBe(at);
    expect(sampleOf(text, 'clarity_source_last_reload_successful{source="services.d"}')).toBe(0);
    expect(sampleOf(text, 'clarity_watch_missed_total{source="services.d"}')).toBe(1);
    expect(sampleOf(text, 'clarity_manifest_errors{source="services.d"}')).toBe(3);
  });
});
