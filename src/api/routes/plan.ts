import type { FastifyInstance } from 'fastify';
import { parseManifests, toYaml } from '../../manifest/index.ts';
import type { PlannedChange } from '../../runtime/types.ts';
import type { Json } from '../../shared/json.ts';
import { noQuery, planBody, type PlanBody } from '../../wire/requests.ts';
import type { PlanItem, PlanResponse } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { fleetSecrets, maskField, maskPatch, secretValues } from '../mask.ts';

/** What apply would do, without doing it. */
export function planRoutes(app: FastifyInstance, { runtime }: RouteContext): void {
  app.post<{ Body: PlanBody }>(
    '/api/plan',
    {
      schema: { querystring: noQuery, body: planBody },
      config: { summary: 'What apply would change and which actions that would cause.', answer: 'PlanResponse' },
    },
    async ({ body }): Promise<PlanResponse> => {
      const texts = body.manifests.map(({ file, text, manifest }, index) => ({
        file: file ?? `manifest ${String(index + 1)}`,
        text: text ?? toYaml(manifest ?? {}),
      }));
      const changes = await runtime.plan(texts, { prune: body.prune ?? false });
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
  { patch, fields, actions, newlyAsks = [], diagnostics, ...change }: PlannedChange,
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
    diagnostics: [...diagnostics],
  };
}

function masked<K extends 'before' | 'after'>(key: K, path: string, value: unknown): { [key in K]?: Json } {
  return value === undefined ? {} : ({ [key]: maskField(path, value as Json) } as { [key in K]: Json });
}
