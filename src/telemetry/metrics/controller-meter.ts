import type { ControllerMetrics, LookResult } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { PromRegistry } from './prom-registry.ts';
import { QueueMeter } from './queue-meter.ts';

/** The words of the label, so that each has its series from the beginning. */
const RESULTS = ['success', 'requeue', 'requeue_after', 'error'] as const;

/** The clarity_reconcile_ metrics and those of the queue. */
export class ControllerMeter implements ControllerMetrics {
  readonly queue: QueueMeter;
  readonly #results;
  readonly #errors;
  readonly #terminal;
  readonly #retries;
  readonly #times;
  readonly #timeouts;
  readonly #workers;

  constructor(registry: PromRegistry, clock: Clock) {
    this.queue = new QueueMeter(registry, clock);
    this.#retries = registry.counter('clarity_workqueue_retries_total');
    this.#results = registry.counter('clarity_reconcile_total');
    for (const result of RESULTS) this.#results.inc({ result }, 0);
    this.#errors = registry.counter('clarity_reconcile_errors_total');
    this.#terminal = registry.counter('clarity_terminal_reconcile_errors_total');
    this.#times = registry.histogram('clarity_reconcile_time_seconds');
    this.#timeouts = registry.counter('clarity_reconcile_timeouts_total');
    this.#workers = registry.gauge('clarity_max_concurrent_reconciles');
  }

  workers(count: number): void {
    this.#workers.set(count);
  }

  looked(result: LookResult, durationMs: number): void {
    this.#times.observe(Math.max(0, durationMs) / 1000);
    if (result === 'terminal') {
      this.#terminal.inc();
      this.#failed();
    } else if (result === 'error') this.#retried();
    else this.#results.inc({ result });
  }

  actionFailed(reason: string): void {
    if (reason === 'ReconcileTimeout') this.#timeouts.inc();
    this.#retried();
  }

  #retried(): void {
    this.#retries.inc();
    this.#failed();
  }

  #failed(): void {
    this.#errors.inc();
    this.#results.inc({ result: 'error' });
  }
}
