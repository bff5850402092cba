import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName, type NamesOf } from './table.ts';

/** prom-client's registry, with metrics as the table describes them. */
export class PromRegistry {
  readonly #registry = new Registry();

  counter(name: NamesOf<'counter'>, collect?: (counter: Counter) => void): Counter {
    return new Counter({ ...this.#describe(name), ...(collect && { collect: collectWith(collect) }) });
  }

  /** `collect` runs at every scrape. */
  gauge(name: NamesOf<'gauge'>, collect?: (gauge: Gauge) => void | Promise<void>): Gauge {
    return new Gauge({ ...this.#describe(name), ...(collect && { collect: collectWith(collect) }) });
  }

  histogram(name: NamesOf<'histogram'>): Histogram {
    return new Histogram({ ...this.#describe(name), buckets: [...METRICS[name].buckets] });
  }

  /** All of them in the text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #describe(name: MetricName) {
    const { help, labels } = METRICS[name];
    return { name, help, labelNames: [...labels], registers: [this.#registry] };
  }
}

/** prom-client hands the metric over as `this`. */
function collectWith<M>(collect: (metric: M) => void | Promise<void>): (this: M) => void | Promise<void> {
  return function (this: M) {
    return collect(this);
  };
}
