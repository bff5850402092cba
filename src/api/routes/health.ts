import type { FastifyInstance } from 'fastify';
import type { ReadyAnswer } from '../../wire/answers.ts';
import { noQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';
import { isAuthorized } from '../doors.ts';

/** For supervisors and load balancers: open without a token. */
export function healthRoutes(app: FastifyInstance, { runtime, doors }: RouteContext): void {
  app.get(
    '/healthz',
    { schema: { querystring: noQuery }, config: { summary: 'The process is up.', answer: `{status: 'ok'}` } },
    () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      schema: { querystring: noQuery },
      config: {
        summary: 'Every source has a complete snapshot or a Failed condition, and the store takes writes; else 503.',
        answer: 'ReadyAnswer',
      },
    },
    (request, reply): ReadyAnswer => {
      const { ready, reasons } = runtime.readiness();
      reply.code(ready ? 200 : 503);
      return isAuthorized(request, doors) ? { ready, reasons: [...reasons] } : { ready };
    },
  );
}
