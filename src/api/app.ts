import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Cancel } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { acceptJson, BODY_LIMIT, objectBody } from './bodies.ts';
import { Callers } from './callers.ts';
import { Connections } from './connections.ts';
import type { ApiDeps, RouteContext } from './deps.ts';
import { hangDoors } from './doors.ts';
import { answerParserError, errorHandler } from './errors.ts';
import { EventStreams } from './event-streams.ts';
import { RouteTable } from './route-table.ts';
import { applyRoutes } from './routes/apply.ts';
import { bootstrapRoutes } from './routes/bootstrap.ts';
import { detailsRoutes } from './routes/details.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { homeRoutes } from './routes/home.ts';
import { hookRoutes } from './routes/hooks.ts';
import { logRoutes } from './routes/logs.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pendingRoutes } from './routes/pending.ts';
import { planRoutes } from './routes/plan.ts';
import { policyRoutes } from './routes/policies.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { schemaRoutes } from './routes/schema.ts';
import { secretRoutes } from './routes/secrets.ts';
import { auditRoutes } from './routes/audit.ts';
import { faviconRoutes } from './routes/favicons.ts';
import { serviceRoutes } from './routes/services.ts';
import { sourceRoutes } from './routes/sources.ts';
import { statusRoutes } from './routes/status.ts';
import { toolsetRoutes } from './routes/toolsets.ts';
import { verbRoutes } from './routes/verbs.ts';
import { waitRoutes } from './routes/wait.ts';

/** How long a closing daemon lets replies in flight finish (surfaces.md, clarityd). */
const DRAIN_MS = 10_000;

const ROUTES: readonly ((app: FastifyInstance, context: RouteContext) => void)[] = [
  homeRoutes,
  faviconRoutes,
  healthRoutes,
  metricsRoutes,
  schemaRoutes,
  statusRoutes,
  serviceRoutes,
  applyRoutes,
  verbRoutes,
  historyRoutes,
  waitRoutes,
  logRoutes,
  eventRoutes,
  auditRoutes,
  detailsRoutes,
  planRoutes,
  proposalRoutes,
  policyRoutes,
  toolsetRoutes,
  sourceRoutes,
  hookRoutes,
  secretRoutes,
  pendingRoutes,
  bootstrapRoutes,
];

/** The HTTP application and the routes it has. */
export interface Api {
  readonly app: FastifyInstance;
  readonly routes: RouteTable;
}

/**
 * The API with the gateway mounted, not yet listening. `app.close()` ends streams and waits at once, lets other replies
 * finish for ten seconds, then cuts them off.
 */
export async function createApp(deps: ApiDeps): Promise<Api> {
  const app = bareApp(deps);
  const routes = new RouteTable();
  const streams = new EventStreams(deps.clock);
  const callers = new Callers();
  routes.watch(app);
  closeInOrder(app, deps, () => {
    streams.close();
    callers.close();
  });
  hangDoors(app, deps.doors);
  acceptJson(app, deps.clock);
  app.setReplySerializer((payload) => `${JSON.stringify(payload, null, 2)}\n`);
  app.setErrorHandler(errorHandler(deps));
  app.setNotFoundHandler((request) => refuseUnknown(request, routes));
  await app.register((scope) => {
    scope.addHook('preValidation', async (request) => {
      // `/api/services/` is no service without a name but a trailing slash.
      if (Object.values(request.params as object).includes('')) refuseUnknown(request, routes);
      objectBody(request);
    });
    for (const register of ROUTES) register(scope, { ...deps, streams, callers, routes });
    return Promise.resolve();
  });
  await deps.gateway?.register(app);
  await app.ready();
  return { app, routes };
}

function refuseUnknown(request: FastifyRequest, routes: RouteTable): never {
  const path = request.url.split('?', 1)[0] ?? '';
  const methods = routes.methodsOf(path);
  if (methods.length === 0) throw new ClarityError('NotFound', `there is no ${path}`);
  throw new ClarityError('MethodNotAllowed', `${path} answers ${methods.join(', ')}`, { data: { allow: methods } });
}

function bareApp(deps: ApiDeps): FastifyInstance {
  const answerError = errorHandler(deps);
  return Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    // A whole request, head and body; answers may take as long as they need.
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 512 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: answerParserError,
  });
}

/** Waits and streams end at once; what else is in flight has its time. */
function closeInOrder(app: FastifyInstance, { clock }: ApiDeps, endWaiting: () => void): void {
  const connections = new Connections(app.server);
  let cancel: Cancel | undefined;
  app.addHook('preClose', (done) => {
    cancel = clock.after(DRAIN_MS, () => connections.cutOff());
    endWaiting();
    connections.close();
    done();
  });
  app.addHook('onClose', (_app, done) => {
    cancel?.();
    done();
  });
}
