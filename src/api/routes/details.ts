import type { FastifyInstance } from 'fastify';
import type { DetailsAnswer } from '../../wire/answers.ts';
import { detailsQuery, idParams, type DetailsQuery, type IdParams } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';
import { presentEvent, presentInterface, presentItem, presentRecord } from '../present.ts';
import { limitOf } from '../query.ts';

/** The original's page of everything about one service. */
export function detailsRoutes(app: FastifyInstance, { runtime, clock }: RouteContext): void {
  app.get<{ Params: IdParams; Querystring: DetailsQuery }>(
    '/api/services/:id/details',
    {
      schema: { params: idParams, querystring: detailsQuery },
      config: { summary: 'Summary, record, interface, logs, events and calls at once.', answer: 'DetailsAnswer' },
    },
    async ({ params, query }): Promise<DetailsAnswer> => {
      const view = runtime.get(params.id);
      const now = clock.now();
      const { name, serviceId } = view.desired.manifest.metadata;
      const logs = await runtime.logs(name, limitOf(query.log_limit, 50));
      const events = runtime
        .events({ id: name, limit: limitOf(query.event_limit, 100) })
        .map((event) => presentEvent(event, serviceId));
      const calls = events.filter(({ kind }) => kind === 'mcp.tool_called').slice(-limitOf(query.call_limit, 20));
      return {
        serviceId,
        summary: presentItem(view, now),
        service: presentRecord(view, now),
        interface: presentInterface(view),
        logs: logs.map(({ at, text }) => `[${at}] ${text}`),
        events,
        recentCalls: calls.map(({ at, message, data }) => ({ at, message, ...(data === undefined ? {} : { data }) })),
      };
    },
  );
}
