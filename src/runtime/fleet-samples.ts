import type { Controller } from '../controller/controller.ts';
import type { FleetSamples } from '../telemetry/metrics/metrics.ts';
import { statusOf } from './service-view.ts';

/** What the metrics show of the services and sources; read while it is iterated, so that nothing is kept for it. */
export function sampleFleet({ fleet, sources }: Pick<Controller, 'fleet' | 'sources'>, now: number): FleetSamples {
  return { services: sampleServices(fleet, now), manifestErrors: countErrors(sources) };
}

function* sampleServices({ entries }: Controller['fleet'], now: number): FleetSamples['services'] {
  for (const entry of entries.values()) {
    const { conditions, restarts, lifecycle, health, sync } = statusOf(entry, now);
    yield {
      service: entry.row.identity,
      origin: entry.row.manifest.spec.origin.type,
      ready: conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      restarts,
      lifecycle,
      health,
      sync,
    };
  }
}

function* countErrors({ snapshots }: Controller['sources']): FleetSamples['manifestErrors'] {
  for (const { source, files } of snapshots.values()) {
    let errors = 0;
    for (const { diagnostics } of files) for (const { severity } of diagnostics) if (severity === 'error') errors++;
    yield [source, errors] as const;
  }
}
