import type { FastifyInstance } from 'fastify';
import { parseManifests, toYaml } from '../../manifest/index.ts';
import { noQuery, planBody, type PlanBody } from '../../wire/requests.ts';
import type { PlanResponse } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { fleetSecrets, secretValues } from '../mask.ts';
import { presentChange } from '../present-plan.ts';

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
      const items = changes.map((change) => presentChange(change, secrets));
      return { items, changes: items.filter(({ outcome }) => outcome !== 'unchanged').length };
    },
  );
}
