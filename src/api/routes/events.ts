import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RuntimeEvent } from '../../reconcile/ports.ts';
import type { Items, ServiceEventsAnswer } from '../../wire/answers.ts';
import {
  eventsQuery,
  idParams,
  serviceEventsQuery,
  type EventsQuery,
  type IdParams,
  type ServiceEventsQuery,
} from '../../wire/requests.ts';
import type { EventItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import type { EventStream } from '../event-streams.ts';
import { presentEvent } from '../present.ts';
import { isNotFound, presentEventOf } from '../present-event.ts';
import { limitOf } from '../query.ts';

type EventsRequest = FastifyRequest<{ Querystring: EventsQuery }>;

/** What happened and what happens. */
export function eventRoutes(app: FastifyInstance, context: RouteContext): void {
  app.get<{ Querystring: EventsQuery }>(
    '/api/events',
    {
      schema: { querystring: eventsQuery },
      config: {
        summary:
          'Server-sent events: the last 100 (or `limit`, or all after Last-Event-ID), then live; `id` is the seq. With Accept: application/json a list.',
        answer: 'Items<EventItem>',
      },
    },
    (request, reply) =>
      wantsList(request) ? list(context, request) : context.streams.answer(request, reply, live(context, request)),
  );

  app.get<{ Params: IdParams; Querystring: ServiceEventsQuery }>(
    '/api/services/:id/events',
    {
      schema: { params: idParams, querystring: serviceEventsQuery },
      config: { summary: 'The last events of one service, oldest first.', answer: 'ServiceEventsAnswer' },
    },
    ({ params, query }) => eventsOf(context, params.id, limitOf(query.limit, 200)),
  );
}

function wantsList({ headers }: EventsRequest): boolean {
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/event-stream');
}

function list({ runtime }: RouteContext, { query }: EventsRequest): Items<EventItem> {
  const id = query.service === undefined ? {} : { id: query.service };
  const events = runtime.events({ ...id, limit: limitOf(query.limit, 100) });
  return { items: events.map((event) => presentEventOf(runtime, event)) };
}

function live({ runtime }: RouteContext, { query, headers }: EventsRequest): (stream: EventStream) => () => void {
  const identity = query.service === undefined ? undefined : runtime.get(query.service).desired.identity;
  const afterSeq = lastSeq(headers['last-event-id']);
  const replay = runtime.events({
    ...(identity === undefined ? {} : { id: identity }),
    ...(afterSeq === undefined ? { limit: limitOf(query.limit, 100) } : { afterSeq, limit: 2000 }),
  });
  return (stream) => {
    const send = (event: RuntimeEvent) => {
      if (identity === undefined || event.identity === identity)
        stream.send(String(event.seq), presentEventOf(runtime, event));
    };
    replay.forEach(send);
    return runtime.onEvent(send);
  };
}

function lastSeq(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

function eventsOf({ runtime }: RouteContext, id: string, limit: number): ServiceEventsAnswer {
  try {
    const { name, serviceId } = runtime.get(id).desired.manifest.metadata;
    const items = runtime.events({ id: name, limit }).map((event) => presentEvent(event, serviceId));
    return { serviceId, name, items };
  } catch (error) {
    // No error here, as in the original (original contract §1d).
    if (isNotFound(error)) return { serviceId: id, items: [] };
    throw error;
  }
}
