import type { SourceMetrics } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { PromRegistry } from './prom-registry.ts';

/** What each source looks like at a scrape. */
export type CountErrors = () => Iterable<readonly [source: string, errors: number]>;

/** The metrics of the sources. Their names are those of flags and of Source documents: few. */
export class SourceMeter implements SourceMetrics {
  readonly #clock: Clock;
  readonly #lastSuccess;
  readonly #successful;
  readonly #missed;

  constructor(registry: PromRegistry, clock: Clock, countErrors: CountErrors) {
    this.#clock = clock;
    this.#lastSuccess = registry.gauge('clarity_source_last_success_timestamp_seconds');
    this.#successful = registry.gauge('clarity_source_last_reload_successful');
    this.#missed = registry.counter('clarity_watch_missed_total');
    registry.gauge('clarity_manifest_errors', (gauge) => {
      for (const [source, errors] of countErrors()) gauge.set({ source }, errors);
    });
  }

  looked(source: string, complete: boolean): void {
    this.#missed.inc({ source }, 0);
    this.#successful.set({ source }, complete ? 1 : 0);
    if (complete) this.#lastSuccess.set({ source }, this.#clock.now() / 1000);
  }

  missed(source: string): void {
    this.#missed.inc({ source });
  }

  forget(source: string): void {
    for (const metric of [this.#lastSuccess, this.#successful, this.#missed]) metric.remove({ source });
  }
}
