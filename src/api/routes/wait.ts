import type { FastifyInstance } from 'fastify';
import type { WaitAnswer } from '../../wire/answers.ts';
import { idParams, waitForQuery, type IdParams, type WaitForQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';
import { presentRecord } from '../present.ts';
import { durationOf, waitForOf } from '../query.ts';

/** The server side of `clarityctl wait`: ends early when the condition holds, on Stalled, and when the caller goes. */
export function waitRoutes(app: FastifyInstance, { runtime, clock, callers }: RouteContext): void {
  app.get<{ Params: IdParams; Querystring: WaitForQuery }>(
    '/api/services/:id/wait',
    {
      schema: { params: idParams, querystring: waitForQuery },
      config: { summary: 'Looks at the sources, then waits for a condition of that generation.', answer: 'WaitAnswer' },
    },
    async ({ params, query }, reply): Promise<WaitAnswer> => {
      const timeoutMs = durationOf('timeout', query.timeout, 30_000);
      const { met, why, view } = await runtime.waitFor(
        params.id,
        waitForOf(query.for),
        timeoutMs,
        callers.signal(reply),
      );
      return { met, why, ...(view === undefined ? {} : { service: presentRecord(view, clock.now()) }) };
    },
  );
}
