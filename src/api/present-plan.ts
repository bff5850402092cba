import type { PlannedChange, PlannedInterface } from '../runtime/types.ts';
import type { Json } from '../shared/json.ts';
import type { PlanInterface, PlanItem, PlanList } from '../wire/types.ts';
import { maskField, maskPatch, maskText } from './mask.ts';

/** One planned change; the values given, and every plain value of env and headers, are masked. */
export function presentChange(
  { patch, fields, actions, newlyAsks = [], drains = 0, interface: previewed, diagnostics, ...change }: PlannedChange,
  secrets: ReadonlySet<string>,
): PlanItem {
  return {
    ...change,
    patch: maskPatch(patch, secrets),
    fields: fields.map(({ path, before, after }) => ({
      path,
      ...masked('before', path, before),
      ...masked('after', path, after),
    })),
    actions: [...actions],
    newlyAsks: [...newlyAsks],
    drains,
    ...(previewed === undefined ? {} : { interface: presentInterface(previewed, secrets) }),
    diagnostics: [...diagnostics],
  };
}

type PlannedList = Extract<PlannedInterface, { outcome: 'compared' }>['changes']['tools'];

function presentInterface(previewed: PlannedInterface, secrets: ReadonlySet<string>): PlanInterface {
  const { outcome } = previewed;
  if (outcome === 'compared') {
    const { tools, prompts, resources, resourceTemplates } = previewed.changes;
    const changes = {
      tools: presentList(tools),
      prompts: presentList(prompts),
      resources: presentList(resources),
      resourceTemplates: presentList(resourceTemplates),
    };
    return { outcome, changes, tokens: { ...previewed.tokens } };
  }
  const { reason, message } = previewed.why;
  return { outcome, reason, message: maskText(message, secrets) };
}

function presentList({ added, removed, changed }: PlannedList): PlanList {
  return {
    added: [...added],
    removed: [...removed],
    changed: changed.map(({ name, level, why }) => ({ name, level, why: [...why] })),
  };
}

function masked<K extends 'before' | 'after'>(key: K, path: string, value: unknown): { [key in K]?: Json } {
  return value === undefined ? {} : ({ [key]: maskField(path, value as Json) } as { [key in K]: Json });
}
