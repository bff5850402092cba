import type { FastifyInstance } from 'fastify';
import { noQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';

/** For Prometheus: closed by the token, because the names of services stand in it. */
export function metricsRoutes(app: FastifyInstance, { metrics }: RouteContext): void {
  app.get(
    '/metrics',
    {
      schema: { querystring: noQuery },
      config: { summary: 'The metrics of the daemon and its services: see metrics.md.', answer: 'Prometheus text' },
    },
    async (_request, reply) => {
      const { contentType, text } = await metrics.scrape();
      return reply.type(contentType).send(text);
    },
  );
}
