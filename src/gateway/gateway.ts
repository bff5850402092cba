import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallMetrics, GatewayListings, GatewayView, Identity, ToolCaller } from '../reconcile/ports.ts';
import { CIRCUIT_SETTINGS, type CircuitSettings } from '../shared/circuit-settings.ts';
import type { Clock } from '../shared/clock.ts';
import { BuiltinTools } from './builtin/builtin-tools.ts';
import type { BuiltinDeps } from './builtin/tool.ts';
import { Catalogs } from './catalog/catalogs.ts';
import { ClientCatalogs } from './catalog/client-catalogs.ts';
import type { CircuitState } from './circuits/circuit.ts';
import { Circuits } from './circuits/circuits.ts';
import type { Endpoint } from './http/endpoint.ts';
import { Posts } from './http/posts.ts';
import { mountRoutes } from './http/routes.ts';
import { SseConnections } from './http/sse-connections.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './limits.ts';
import { createListings } from './listings.ts';
import { Recovery } from './recovery/recovery.ts';
import { Relay } from './relay.ts';
import { ListChanges } from './sessions/list-changes.ts';
import { LogLevels } from './sessions/log-levels.ts';
import { LogNotices } from './sessions/log-notices.ts';
import { SessionRegistry } from './sessions/session-registry.ts';
import { EventStore } from './streams/event-store.ts';
import { Streams } from './streams/streams.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';
import { Tasks } from './tasks/tasks.ts';
import { createToolCaller } from './tool-caller.ts';

export interface GatewayDeps {
  readonly view: GatewayView;
  readonly clock: Clock;
  /** The program's version, told in serverInfo. */
  readonly version: string;
  /** Who is asking, after the app's hooks have let them in: the same text for the same caller. Sessions belong to it. */
  readonly principal: (request: FastifyRequest) => string;
  /** Told of errors that are faults of ours; the caller only hears -32603. */
  readonly onFault: (error: unknown, where: string) => void;
  /** What the runtime's own tools work with; absent: there are none. */
  readonly builtins?: BuiltinDeps;
  /** Told of every call of a tool. */
  readonly metrics?: CallMetrics;
  /** What differs from GATEWAY_LIMITS. */
  readonly limits?: Partial<GatewayLimits>;
  /** CIRCUIT_SETTINGS where absent. */
  readonly circuit?: CircuitSettings;
}

export interface GatewayStats {
  readonly sessions: number;
  readonly streams: number;
  /** Requests that are not answered yet. */
  readonly inFlight: number;
  /** The circuit of each service that has been called; read while it is iterated. */
  readonly circuits: Iterable<readonly [service: Identity, state: CircuitState]>;
}

export interface Gateway {
  /** Mounts /mcp, /mcp/s/:name, /mcp/t/:name, and /sse with /messages; when the app closes, the gateway does. Authentication, Host and Origin are the app's hooks. */
  register(app: FastifyInstance): void;
  /** Lets what is in flight end (limits.drainMs), answers the rest with an error and ends every session and stream within a second; harmless when repeated. */
  close(): Promise<void>;
  stats(): GatewayStats;
  /** The same tools for services of this daemon, without HTTP. */
  readonly tools: ToolCaller;
  readonly listings: GatewayListings;
}

/** How long the last answers may take to be made, and their readers to take them, when the gateway closes. */
const CLOSE_GRACE_MS = 1000;

/** The MCP endpoint over everything that the view serves. */
export function createGateway(deps: GatewayDeps): Gateway {
  const limits = { ...GATEWAY_LIMITS, ...deps.limits };
  const { view, clock, version, principal, onFault } = deps;
  const builtins = deps.builtins === undefined ? undefined : new BuiltinTools(deps.builtins);
  const catalogs = new Catalogs(view, limits, builtins);
  const clientCatalogs = new ClientCatalogs(view, catalogs);
  const events = new EventStore(clock, limits);
  const sessions = new SessionRegistry(clock, limits, events);
  const streams = new Streams(clock, limits.keepAliveMs);
  const circuits = new Circuits(view, clock, deps.circuit ?? CIRCUIT_SETTINGS);
  const logLevels = new LogLevels(view, sessions, clock);
  const notices = new LogNotices(view, sessions);
  const recovery = new Recovery(view, clock, limits.recoveryMs);
  const relay = new Relay({ view, circuits, recovery, logLevels, metrics: deps.metrics });
  const subscriptions = new Subscriptions(view, sessions, limits, onFault);
  const tasks = new Tasks(view, clock, limits);
  const relaying = { relay, subscriptions, tasks };
  const endpoint: Endpoint = {
    ...{ catalogs, clientCatalogs, sessions, streams, events },
    ...relaying,
    ...{ clock, limits, version, principal, onFault },
  };
  const posts = new Posts(endpoint);
  const sse = new SseConnections(endpoint, posts);
  const forget = invalidating(view, catalogs, clientCatalogs);
  const changes = new ListChanges({ view, catalogs: clientCatalogs, sessions, clock, delayMs: limits.listChangedMs });
  const close = async () => {
    forget();
    changes.close();
    tasks.close();
    logLevels.close();
    notices.close();
    await posts.close(limits.drainMs);
    circuits.close();
    await sse.close(CLOSE_GRACE_MS);
    subscriptions.close();
    sessions.close();
    await streams.close(CLOSE_GRACE_MS);
    events.close();
  };
  return {
    register: (app) => {
      app.addHook('preClose', close);
      mountRoutes(app, endpoint, posts, sse);
    },
    close,
    stats: () => ({
      sessions: sessions.count,
      streams: streams.count,
      inFlight: posts.inFlight,
      circuits: circuits.states(),
    }),
    tools: createToolCaller({ catalogs, ...relaying, onFault }),
    listings: createListings(catalogs),
  };
}

/** Keeps the catalogues to what is served; before anybody else is told of a change. */
function invalidating(view: GatewayView, catalogs: Catalogs, clientCatalogs: ClientCatalogs): () => void {
  const unsubscribe = [
    view.onChange(({ identity }) => {
      catalogs.invalidate(identity);
      clientCatalogs.invalidate();
    }),
    view.onToolset((name) => {
      catalogs.invalidateToolset(name);
      clientCatalogs.invalidate();
    }),
    view.onOffer(({ capabilityKey }) => clientCatalogs.invalidate(capabilityKey)),
  ];
  return () => {
    for (const stop of unsubscribe) stop();
  };
}
