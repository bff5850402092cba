import type { FastifyInstance } from 'fastify';
import { parseManifests, toYaml } from '../../manifest/index.ts';
import type { PlannedChange, PlannedInterface } from '../../runtime/types.ts';
import type { Json } from '../../shared/json.ts';
import { noQuery, planBody, type PlanBody } from '../../wire/requests.ts';
import type { PlanInterface, PlanItem, PlanList, PlanResponse } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { fleetSecrets, maskField, maskPatch, maskText, secretValues } from '../mask.ts';

/** What apply would do, without doing it. */
export function planRoutes(app: FastifyInstance, { runtime, callers }: RouteContext): void {
  app.post<{ Body: PlanBody }>(
    '/api/plan',
    {
      schema: { querystring: noQuery, body: planBody },
      config: { summary: 'What apply would change and which actions that would cause.', answer: 'PlanResponse' },
    },
    async ({ body }, reply): Promise<PlanResponse> => {
      const texts = body.manifests.map(({ file, text, manifest }, index) => ({
        file: file ?? `manifest ${String(index + 1)}`,
        text: text ?? toYaml(manifest ?? {}),
      }));
      const changes = await runtime.plan(
        texts,
        { prune: body.prune ?? false, probe: body.probe ?? false },
        callers.signal(reply),
      );
      const secrets = new Set([
        ...fleetSecrets(runtime.list()),
        ...texts.flatMap(({ file, text }) =>
          parseManifests(file, text).documents.flatMap(({ raw }) => secretValues(raw)),
        ),
      ]);
      const items = changes.map((change) => present(change, secrets));
      return { items, changes: items.filter(({ outcome }) => outcome !== 'unchanged').length };
    },
  );
}

function present(
  { patch, fields, actions, newlyAsks = [], drains = 0, interface: previewed, diagnostics, ...change }: PlannedChange,
  secrets: Set<string>,
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

function presentInterface(previewed: PlannedInterface, secrets: Set<string>): PlanInterface {
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
