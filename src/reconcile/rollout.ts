import { firstLine } from '../shared/text.ts';
import type { Desired, Memory, ObservedInstance, Plan, Why } from './ports.ts';
import { because, type Reason } from './reasons.ts';

/** Reasons for which nothing of a service may run, whatever served before; every other one only stands in the way of a start. */
const FORBIDDING: ReadonlySet<string> = new Set<Reason>(['PolicyNotFound', 'NamespaceConflict', 'Conflict']);

/** Whether a change starts the new instance beside the old one, which serves until the new one is introspected (manifest.md, rollout). */
export function overlaps({ manifest: { spec } }: Desired): boolean {
  return spec.rollout.strategy === 'Overlap';
}

/** Instances that are left to end beside a new one; with more of them, the next waits: each holds a process. */
const MAX_ENDING = 4;

/** What has to be gone before another instance starts: of a service that may run twice, nothing that is on its way out already. */
export function inTheWay(d: Desired, observed: readonly ObservedInstance[]): readonly ObservedInstance[] {
  const rest = observed.filter(({ phase }) => phase !== 'stopping');
  return overlaps(d) && observed.length - rest.length <= MAX_ENDING ? rest : observed;
}

/** The instance that answers calls: it runs, and its interface is the one that is served. */
export function servingInstance(observed: readonly ObservedInstance[], m: Memory): ObservedInstance | undefined {
  const id = m.introspected?.instance;
  return observed.find((i) => i.phase === 'running' && i.ref.id === id && i.ref.id !== m.failedInstance);
}

/** True where what blocks the service also ends what serves. */
export function forbids(blocked: Why | undefined): boolean {
  return blocked !== undefined && FORBIDDING.has(blocked.reason);
}

/** The newest generation cannot start and `why` says so: what served before goes on. */
export function rolledBack(d: Desired, m: Memory, why: Why, untilMs?: number): Plan {
  const serving = m.introspected?.generation;
  const which =
    serving === undefined || serving === d.generation ? 'the instance of before' : `generation ${String(serving)}`;
  const sentence = firstLine(why.message);
  // What a process said at last stays at the end.
  const message = `generation ${String(d.generation)} does not get ready: ${why.reason}: ${sentence}; ${which} keeps serving${why.message.slice(sentence.length)}`;
  return { kind: 'halt', why: because('RolledBack', message), ...(untilMs === undefined ? {} : { untilMs }) };
}
