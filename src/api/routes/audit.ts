import type { FastifyInstance } from 'fastify';
import type { Items } from '../../wire/answers.ts';
import { auditQuery, type AuditQuery } from '../../wire/requests.ts';
import type { EventItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { presentEventOf } from '../present-event.ts';
import { limitOf } from '../query.ts';

/** Most events that are looked at for those that the audit tells. */
const MAX_SEEN = 2000;

/** The tail of what happened (original contract §1e). Without CLARITY_AUDIT_INCLUDE_LIFECYCLE, `service.*` is left out (§9). */
export function auditRoutes(app: FastifyInstance, { runtime, auditLifecycle }: RouteContext): void {
  app.get<{ Querystring: AuditQuery }>(
    '/api/audit',
    {
      schema: { querystring: auditQuery },
      config: { summary: 'The last events of all kinds, oldest first.', answer: 'Items<EventItem>' },
    },
    ({ query }): Items<EventItem> => {
      const limit = limitOf(query.limit, 200);
      const events = runtime.events({ limit: auditLifecycle ? limit : MAX_SEEN });
      const told = auditLifecycle ? events : events.filter(({ kind }) => !kind.startsWith('service.')).slice(-limit);
      return { items: told.map((event) => presentEventOf(runtime, event)) };
    },
  );
}
