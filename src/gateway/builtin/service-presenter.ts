import type { InterfaceSnapshot, RuntimeEvent } from '../../reconcile/ports.ts';
import type { ServiceView } from '../../runtime/types.ts';
import type { FleetSummary, SnapshotJson } from '../../wire/answers.ts';
import type { EventItem, ServiceItem, ServiceRecord } from '../../wire/types.ts';

/** Views as JSON, the same as over HTTP; secrets are masked. */
export interface ServicePresenter {
  item(view: ServiceView): ServiceItem;
  record(view: ServiceView): ServiceRecord;
  snapshot(snapshot: InterfaceSnapshot): SnapshotJson;
  event(event: RuntimeEvent, serviceId: string | undefined): EventItem;
  summary(items: readonly ServiceItem[]): FleetSummary;
}
