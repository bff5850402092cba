import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallMetrics, GatewayListings, GatewayView, ToolCaller } from '../reconcile/ports.ts';
import { CIRCUIT_SETTINGS, type CircuitSettings } from '../shared/circuit-settings.ts';
import type { Clock } from '../shared/clock.ts';
import { Catalogs } from './catalog/catalogs.ts';
import { Circuits } from './circuits/circuits.ts';
import type { Endpoint } from './http/endpoint.ts';
import { Posts } from './http/posts.ts';
import { mountRoutes } from './http/routes.ts';
import { Streams } from './http/streams.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './limits.ts';
import { createListings } from './listings.ts';
import { Relay } from './relay.ts';
import { ListChanges } from './sessions/list-changes.ts';
import { SessionRegistry } from './sessions/session-registry.ts';
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
}

export interface Gateway {
  /** Mounts /mcp, /mcp/s/:name and /mcp/t/:name; when the app closes, the gateway does. Authentication, Host and Origin are the app's hooks. */
  register(app: FastifyInstance): void;
  /** Lets what is in flight end (limits.drainMs), answers the rest with an error and ends every session and stream within a second; harmless when repeated. */
  close(): Promise<void>;
  stats(): GatewayStats;
  /** The same tools for services of this daemon, without HTTP. */
  readonly tools: ToolCaller;
  readonly listings: GatewayListings;
}

/** How long a reader may take for the last bytes when the gateway closes. */
const CLOSE_GRACE_MS = 1000;

/** The MCP endpoint over everything that the view serves. */
export function createGateway(deps: GatewayDeps): Gateway {
  const limits = { ...GATEWAY_LIMITS, ...deps.limits };
  const { view, clock, version, principal, onFault } = deps;
  const catalogs = new Catalogs(view, limits);
  const sessions = new SessionRegistry(clock, limits);
  const streams = new Streams(clock, limits);
  const circuits = new Circuits(view, clock, deps.circuit ?? CIRCUIT_SETTINGS);
  const relay = new Relay(view, circuits, deps.metrics);
  const endpoint: Endpoint = { catalogs, sessions, streams, relay, clock, limits, version, principal, onFault };
  const posts = new Posts(endpoint);
  const forget = view.onChange(({ identity }) => catalogs.invalidate(identity));
  const forgetToolset = view.onToolset((name) => catalogs.invalidateToolset(name));
  const changes = new ListChanges({ view, catalogs, sessions, clock, delayMs: limits.listChangedMs });
  const close = async () => {
    forget();
    forgetToolset();
    changes.close();
    await posts.close(limits.drainMs);
    circuits.close();
    sessions.close();
    await streams.close(CLOSE_GRACE_MS);
  };
  return {
    register: (app) => {
      app.addHook('preClose', close);
      mountRoutes(app, endpoint, posts);
    },
    close,
    stats: () => ({ sessions: sessions.count, streams: streams.count, inFlight: posts.inFlight }),
    tools: createToolCaller({ catalogs, relay, onFault }),
    listings: createListings(catalogs),
  };
}
