import type { Identity, QueueMetrics } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { PromRegistry } from './prom-registry.ts';

/** The clarity_workqueue_ metrics. Holds a time for each key that waits or is in work, and nothing of others. */
export class QueueMeter implements QueueMetrics<Identity> {
  readonly #clock: Clock;
  readonly #waiting = new Map<Identity, number>();
  readonly #working = new Map<Identity, number>();
  readonly #adds;
  readonly #waits;
  readonly #works;

  constructor(registry: PromRegistry, clock: Clock) {
    this.#clock = clock;
    this.#adds = registry.counter('clarity_workqueue_adds_total');
    this.#waits = registry.histogram('clarity_workqueue_queue_duration_seconds');
    this.#works = registry.histogram('clarity_workqueue_work_duration_seconds');
    registry.gauge('clarity_workqueue_depth', (gauge) => gauge.set(this.#waiting.size));
    registry.gauge('clarity_active_workers', (gauge) => gauge.set(this.#working.size));
    registry.gauge('clarity_workqueue_unfinished_work_seconds', (gauge) =>
      gauge.set(this.#unfinished().reduce((sum, seconds) => sum + seconds, 0)),
    );
    registry.gauge('clarity_workqueue_longest_running_processor_seconds', (gauge) =>
      gauge.set(Math.max(0, ...this.#unfinished())),
    );
  }

  added(key: Identity): void {
    this.#adds.inc();
    this.#waiting.set(key, this.#clock.now());
  }

  taken(key: Identity): void {
    const now = this.#clock.now();
    this.#waits.observe(seconds(now - (this.#waiting.get(key) ?? now)));
    this.#waiting.delete(key);
    this.#working.set(key, now);
  }

  done(key: Identity): void {
    const now = this.#clock.now();
    this.#works.observe(seconds(now - (this.#working.get(key) ?? now)));
    this.#working.delete(key);
  }

  /** One for each worker that is busy: there are few. */
  #unfinished(): number[] {
    const now = this.#clock.now();
    return [...this.#working.values()].map((since) => seconds(now - since));
  }
}

/** Never negative: the clock may be set back. */
function seconds(ms: number): number {
  return Math.max(0, ms) / 1000;
}
