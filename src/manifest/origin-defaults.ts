import type { Json, JsonObject } from '../shared/json.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { TIMER_MAX_MS } from './schema/shapes.ts';
import type { Origin, RemoteOrigin, StdioOrigin, WasmOrigin } from './types.ts';

/** Fills in the defaults of an origin: the manifest's own value, then the environment's or built-in one. */
export function defaultOrigin(given: JsonObject, limits: DefaultLimits): Origin {
  if (given.type === 'local_stdio') return stdio(given);
  return given.type === 'remote_mcp' ? remote(given, limits) : wasm(given, limits);
}

function stdio(given: JsonObject): StdioOrigin {
  return {
    args: [],
    cwd: '.',
    env: [],
    inheritEnv: [],
    timeoutMs: 60_000,
    maxConcurrency: 64,
    maxPayloadBytes: 16_777_216,
    sandbox: 'none',
    ...(given as unknown as Partial<StdioOrigin> & Pick<StdioOrigin, 'type' | 'command'>),
  };
}

function remote(given: JsonObject, limits: DefaultLimits): RemoteOrigin {
  const own = given as unknown as Partial<RemoteOrigin> & Pick<RemoteOrigin, 'type' | 'endpoint'>;
  return {
    transport: 'streamable_http',
    headers: [],
    allowedTools: [],
    maxPayloadBytes: limits.remoteMaxPayloadBytes,
    maxConcurrency: limits.remoteMaxConcurrency,
    queueLimit: 64,
    ...own,
    // The original knows no upper bound, a timer does.
    timeoutMs: Math.min(own.timeoutMs ?? limits.remoteTimeoutMs, TIMER_MAX_MS),
    retry: { max: limits.remoteRetryMax, backoffMs: limits.remoteRetryBackoffMs, ...own.retry },
  };
}

interface Compiler {
  readonly compiler?: { readonly command: string; readonly args?: readonly string[] };
}

function wasm(given: JsonObject, limits: DefaultLimits): WasmOrigin {
  const { compiler, ...own } = given as unknown as Partial<Omit<WasmOrigin, 'compiler'>> &
    Pick<WasmOrigin, 'type'> &
    Compiler;
  return {
    entry: 'mcp_main',
    env: [],
    ...own,
    args: argumentTexts(given.args),
    ...(compiler === undefined ? {} : { compiler: { args: [], ...compiler } }),
    limits: { timeoutMs: limits.wasmTimeoutMs, maxConcurrency: 16, countWaits: false, ...own.limits },
  };
}

/** The original takes anything here and uses nothing of it. */
function argumentTexts(args: Json | undefined): string[] {
  if (!Array.isArray(args)) return [];
  return args.map((arg: Json) => (typeof arg === 'string' ? arg : JSON.stringify(arg)));
}
