import type { CallMetrics, ControllerMetrics, Identity, SourceMetrics } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { CallMeter } from './call-meter.ts';
import { ControllerMeter } from './controller-meter.ts';
import { collectProcess } from './process-metrics.ts';
import { PromRegistry } from './prom-registry.ts';
import { serviceText, type CircuitSample, type ServiceSample } from './service-text.ts';
import { SourceMeter } from './source-meter.ts';

export interface MetricsDeps {
  readonly clock: Clock;
  /** The daemon's version. */
  readonly version: string;
  /** Asked at every scrape. */
  readonly fleet: () => FleetSamples;
  /** The same; absent where there is none. */
  readonly gateway?: () => GatewaySample;
}

const NO_GATEWAY: GatewaySample = { sessions: 0, streams: 0, inFlight: 0, circuits: [] };

/** What nobody has to count, because it is there to be read. */
export interface FleetSamples {
  readonly services: Iterable<ServiceSample>;
  /** Errors in the files of each source as they are now. */
  readonly manifestErrors: Iterable<readonly [source: string, errors: number]>;
}

/** The gateway at the moment of a scrape. */
interface GatewaySample {
  readonly sessions: number;
  readonly streams: number;
  readonly inFlight: number;
  readonly circuits: Iterable<CircuitSample>;
}

/** A whole exposition, and what it is in. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** Everything that GET /metrics shows; the parts of the daemon report to the meters. No timer, nothing between two scrapes. */
export class Metrics {
  readonly controller: ControllerMetrics;
  readonly sources: SourceMetrics;
  readonly calls: CallMetrics;
  readonly #calls: CallMeter;
  readonly #registry = new PromRegistry();
  readonly #fleet: () => FleetSamples;
  readonly #gateway: () => GatewaySample;
  #running: Promise<Exposition> | undefined;

  constructor({ clock, version, fleet, gateway = () => NO_GATEWAY }: MetricsDeps) {
    const registry = this.#registry;
    this.#fleet = fleet;
    this.#gateway = gateway;
    registry.gauge('clarity_build_info').set({ version }, 1);
    this.controller = new ControllerMeter(registry, clock);
    this.sources = new SourceMeter(registry, clock, () => fleet().manifestErrors);
    this.calls = this.#calls = new CallMeter(clock);
    registry.gauge('clarity_gateway_sessions', (gauge) => gauge.set(gateway().sessions));
    registry.gauge('clarity_gateway_streams', (gauge) => gauge.set(gateway().streams));
    registry.gauge('clarity_gateway_requests_in_flight', (gauge) => gauge.set(gateway().inFlight));
    collectProcess(registry);
  }

  /** The service is gone, and so are its series. */
  forget(service: Identity): void {
    this.#calls.forget(service);
  }

  /** Many callers at once are answered with one. */
  scrape(): Promise<Exposition> {
    this.#running ??= this.#collect().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #collect(): Promise<Exposition> {
    const own = await this.#registry.text();
    const services = await serviceText(this.#fleet().services, this.#calls.tallies, this.#gateway().circuits);
    return { contentType: 'text/plain; version=0.0.4; charset=utf-8', text: `${own}\n${services}` };
  }
}
