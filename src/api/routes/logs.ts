import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClarityError } from '../../shared/errors.ts';
import type { LogsAnswer } from '../../wire/answers.ts';
import { idParams, logsQuery, type IdParams, type LogsQuery } from '../../wire/requests.ts';
import type { RouteContext } from '../deps.ts';
import { followLogs } from '../follow-logs.ts';
import { presentLog } from '../present.ts';
import { limitOf } from '../query.ts';

type LogsRequest = FastifyRequest<{ Params: IdParams; Querystring: LogsQuery }>;

/** Raw output of a service: its tail, or followed as a stream. */
export function logRoutes(app: FastifyInstance, context: RouteContext): void {
  app.get<{ Params: IdParams; Querystring: LogsQuery }>(
    '/api/services/:id/logs',
    {
      schema: { params: idParams, querystring: logsQuery },
      config: {
        summary:
          'The last lines; with Accept: text/event-stream or follow=1 a stream of LogItem, resumed by Last-Event-ID.',
        answer: 'LogsAnswer',
      },
    },
    (request, reply) => (wantsStream(request) ? follow(context, request, reply) : tail(context, request)),
  );
}

function wantsStream({ query, headers }: LogsRequest): boolean {
  if (query.follow !== undefined) return query.follow === '1' || query.follow === 'true';
  return (headers.accept ?? '').includes('text/event-stream');
}

async function tail({ runtime }: RouteContext, { params, query }: LogsRequest): Promise<LogsAnswer> {
  try {
    const { name, serviceId } = runtime.get(params.id).desired.manifest.metadata;
    const items = (await runtime.logs(params.id, limitOf(query.limit, 200))).map(presentLog);
    return { serviceId, name, lines: items.map(({ at, text }) => `[${at}] ${text}`), items };
  } catch (error) {
    // No error here, as in the original (original contract §1d).
    if (error instanceof ClarityError && error.code === 'NotFound')
      return { serviceId: params.id, lines: [], items: [] };
    throw error;
  }
}

function follow({ runtime, streams }: RouteContext, request: LogsRequest, reply: FastifyReply): FastifyReply {
  const { identity } = runtime.get(request.params.id).desired;
  const limit = limitOf(request.query.limit, 200);
  return streams.answer(
    request,
    reply,
    followLogs(runtime, identity, { limit, lastEventId: request.headers['last-event-id'] }),
  );
}
