import type { FastifyInstance } from 'fastify';
import type { InterfaceAnswer, Items, RemoveAnswer, ServiceAnswer, ServiceStatusAnswer } from '../../wire/answers.ts';
import {
  idParams,
  noQuery,
  removeBody,
  writeQuery,
  type IdParams,
  type RemoveBody,
  type WriteQuery,
} from '../../wire/requests.ts';
import type { ServiceItem } from '../../wire/types.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { presentInterface, presentItem, presentRecord, presentServiceStatus } from '../present.ts';
import { durationOf } from '../query.ts';

/** The fleet and each of its services, as they are. */
export function serviceRoutes(app: FastifyInstance, context: RouteContext): void {
  const { runtime, clock } = context;
  const schema = { params: idParams, querystring: noQuery };

  app.get(
    '/api/services',
    {
      schema: { querystring: noQuery },
      config: { summary: 'Every document: disabled, sleeping and failed ones too.', answer: 'Items<ServiceItem>' },
    },
    (): Items<ServiceItem> => ({ items: runtime.list().map((view) => presentItem(view, clock.now())) }),
  );

  app.get<{ Params: IdParams }>(
    '/api/services/:id',
    { schema, config: { summary: 'One service whole.', answer: 'ServiceAnswer' } },
    ({ params }): ServiceAnswer => ({ service: presentRecord(runtime.get(params.id), clock.now()) }),
  );

  app.get<{ Params: IdParams }>(
    '/api/services/:id/status',
    { schema, config: { summary: 'Conditions and what led to them.', answer: 'ServiceStatusAnswer' } },
    ({ params }): ServiceStatusAnswer => presentServiceStatus(runtime.get(params.id), clock.now()),
  );

  app.get<{ Params: IdParams }>(
    '/api/services/:id/interface',
    { schema, config: { summary: 'What the server advertises, verbatim.', answer: 'InterfaceAnswer' } },
    ({ params }): InterfaceAnswer => presentInterface(runtime.get(params.id)),
  );

  app.delete<{ Params: IdParams; Querystring: WriteQuery; Body: RemoveBody }>(
    '/api/services/:id',
    {
      schema: { params: idParams, querystring: writeQuery, body: removeBody },
      config: { summary: 'Deletes the document, then waits until the service is gone.', answer: 'RemoveAnswer' },
    },
    async ({ params, query, body }, reply): Promise<RemoveAnswer> => {
      const { stopGraceSeconds, startTimeoutMs } = runtime.get(params.id).desired.manifest.spec;
      const waitMs = durationOf('wait', query.wait, Math.max(startTimeoutMs, stopGraceSeconds * 1000));
      const options = { force: body.force ?? false, ...writingOf(body, query) };
      const { identity, commit, ...removed } = await runtime.remove(params.id, options);
      if (waitMs > 0) await runtime.waitFor(identity, { kind: 'delete' }, waitMs, context.callers.signal(reply));
      // Not before: a call that is still in flight may need them.
      const artifactRemoved = body.cleanup_artifacts === true && (await runtime.cleanUpArtifacts(identity));
      return { removed: true, artifactRemoved, name: identity, ...removed, ...presentCommitted(commit) };
    },
  );
}
