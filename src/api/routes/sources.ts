import type { FastifyInstance } from 'fastify';
import type { DiagnosticItem, Items, PruneAnswer } from '../../wire/answers.ts';
import { noQuery, pruneBody, reconcileBody, type PruneBody, type ReconcileBody } from '../../wire/requests.ts';
import type { ServiceRecord, SourceItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { presentRecord } from '../present.ts';
import { presentDiagnostics, presentSource } from '../present-source.ts';

/** Where manifests come from, and what is wrong with them. */
export function sourceRoutes(app: FastifyInstance, { runtime, clock }: RouteContext): void {
  app.get(
    '/api/sources',
    { schema: { querystring: noQuery }, config: { summary: 'The sources.', answer: 'Items<SourceItem>' } },
    (): Items<SourceItem> => ({ items: runtime.sources().map(presentSource) }),
  );

  app.get(
    '/api/diagnostics',
    {
      schema: { querystring: noQuery },
      config: { summary: 'Findings in all manifests, errors first.', answer: 'Items<DiagnosticItem>' },
    },
    (): Items<DiagnosticItem> => ({ items: presentDiagnostics(runtime.diagnostics(), runtime.sources()) }),
  );

  app.post<{ Body: ReconcileBody }>(
    '/api/reconcile',
    {
      schema: { querystring: noQuery, body: reconcileBody },
      config: { summary: 'Looks at every service again.', answer: 'Items<ServiceRecord>' },
    },
    async ({ body }): Promise<Items<ServiceRecord>> => {
      const options = { withSource: body.withSource ?? false, reset: body.reset ?? false };
      const views = await runtime.reconcile(undefined, options);
      return { items: views.map((view) => presentRecord(view, clock.now())) };
    },
  );

  app.post<{ Body: PruneBody }>(
    '/api/prune',
    {
      schema: { querystring: noQuery, body: pruneBody },
      config: { summary: 'Agrees that what vanished at this revision is stopped.', answer: 'PruneAnswer' },
    },
    ({ body }): PruneAnswer => {
      runtime.confirmPrune(body.revision);
      return { confirmed: body.revision };
    },
  );
}
