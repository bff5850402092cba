import type { Controller } from '../controller/controller.ts';
import { aborted } from '../shared/abort.ts';
import type { Condition } from '../shared/condition.ts';
import { oneLine } from '../shared/text.ts';
import type { ServiceView, WaitFor } from './types.ts';

export interface Verdict {
  readonly met: boolean;
  readonly why: string;
}

/**
 * Whether the wait is over for a service as it is now; undefined = go on. Never satisfied by an older generation,
 * and over at once when it is Stalled, or when what was saved is refused and an older version serves on (reconcile-behaviour §1, wait).
 */
export function judge(view: ServiceView | undefined, what: WaitFor, generation: number): Verdict | undefined {
  if (view === undefined)
    return what.kind === 'delete' ? { met: true, why: 'deleted' } : { met: false, why: 'it was deleted' };
  const { status } = view;
  if (what.kind === 'delete' || status.observedGeneration < generation) return undefined;
  const find = (type: string) => findByName(status.conditions, type);
  const stalled = find('Stalled');
  const stuck = stalled === undefined ? undefined : { met: false, why: `${stalled.reason}: ${stalled.message}` };
  switch (what.kind) {
    case 'ready': {
      const ready = find('Ready');
      const broken = refusal(view);
      if (broken !== undefined) return broken;
      if (ready?.status === 'True') return { met: true, why: ready.message };
      if (stuck !== undefined) return stuck;
      return view.plan.kind === 'noop' && ready?.status === 'False'
        ? { met: false, why: `${ready.reason}: ${ready.message}` }
        : undefined;
    }
    case 'stopped': {
      // Of a quarantined service the lifecycle stays QUARANTINED: what counts is that it is down by wish.
      const ready = find('Ready');
      if (ready?.reason === 'Stopped' || ready?.reason === 'NotStarted') return { met: true, why: ready.message };
      return stuck;
    }
    case 'condition': {
      const condition = find(what.type);
      if ((condition?.status ?? 'False').toLowerCase() === what.status.toLowerCase())
        return { met: true, why: condition?.message ?? `${what.type} does not hold` };
      return what.type.toLowerCase() === 'synced' ? (stuck ?? refusal(view)) : stuck;
    }
  }
}

/** What was saved is wrong: its first error. Diagnostics are those of the last scan, conditions may be a step behind. */
function refusal({ diagnostics }: ServiceView): Verdict | undefined {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error === undefined) return undefined;
  const { code, file, line, column, message } = error;
  return { met: false, why: `${code}: ${file}:${String(line)}:${String(column)} ${oneLine(message, 1000)}` };
}

/** How a service stands that did not get where it was waited for: the condition that was meant, else Ready. */
export function standing({ status }: ServiceView, what: WaitFor): string {
  const find = (type: string) => findByName(status.conditions, type);
  const meant = (what.kind === 'condition' ? find(what.type) : undefined) ?? find('Ready');
  return meant === undefined ? status.lifecycle : `${meant.reason}: ${meant.message}`;
}

/** As a person writes it. */
function findByName(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type.toLowerCase() === type.toLowerCase());
}

/** Asks `look` after each change of the status until it gives a verdict; rejects when the signal fires. */
export async function until(
  controller: Controller,
  signal: AbortSignal,
  look: () => Verdict | undefined,
): Promise<Verdict> {
  let wake: () => void = () => undefined;
  const unsubscribe = controller.onStatus(() => wake());
  const over = aborted(signal);
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const verdict = look();
      if (verdict !== undefined) return verdict;
      await Promise.race([changed, over]);
    }
  } finally {
    over.catch(() => undefined);
    unsubscribe();
  }
}
