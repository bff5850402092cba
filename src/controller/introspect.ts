import { createHash } from 'node:crypto';

import type { InterfaceSnapshot, UpstreamConnection } from '../reconcile/ports.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Clock } from '../shared/clock.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

/** Caps against a server whose cursor never ends (mcp-gateway §3.5). */
const MAX_PAGES = 200;
const MAX_ITEMS = 10_000;

const LISTS = [
  { key: 'tools', capability: 'tools', method: 'tools/list', required: true },
  { key: 'resources', capability: 'resources', method: 'resources/list', required: false },
  { key: 'resourceTemplates', capability: 'resources', method: 'resources/templates/list', required: false },
  { key: 'prompts', capability: 'prompts', method: 'prompts/list', required: false },
] as const;

type Lists = Record<(typeof LISTS)[number]['key'], readonly JsonObject[]>;

/**
 * Reads everything that a server advertises, over all pages, each definition as it came.
 * A list that the server does not declare is empty; only tools/list must succeed. Rejects with RpcError.
 */
export async function introspect(
  upstream: UpstreamConnection,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<InterfaceSnapshot> {
  const { capabilities, protocolVersion, serverInfo, instructions } = upstream.server;
  const lists: Lists = { tools: [], resources: [], resourceTemplates: [], prompts: [] };
  for (const { key, capability, method, required } of LISTS) {
    if (capabilities[capability] === undefined) continue;
    try {
      lists[key] = await drain(upstream, method, key, timeoutMs, signal);
    } catch (error) {
      const absent = error instanceof RpcError && error.code === RPC.methodNotFound;
      if (required && !absent) throw error;
      if (!required && !absent && signal.aborted) throw error;
    }
  }
  const sorted = Object.fromEntries(
    Object.entries(lists).map(([key, items]) => [key, items.map((item) => canonicalJson(item)).sort()]),
  );
  const revision = `iface_${createHash('sha256').update(canonicalJson({ sorted, capabilities, instructions })).digest('hex').slice(0, 12)}`;
  return {
    revision,
    introspectedAtMs: clock.now(),
    protocolVersion,
    capabilities,
    serverInfo,
    ...(instructions === undefined ? {} : { instructions }),
    ...lists,
  };
}

async function drain(
  upstream: UpstreamConnection,
  method: string,
  key: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && items.length < MAX_ITEMS; page++) {
    const result = await upstream.request(method, cursor === undefined ? {} : { cursor }, { signal, timeoutMs });
    const batch = result[key];
    if (Array.isArray(batch)) items.push(...batch.filter(isJsonObject));
    const next = result.nextCursor;
    if (typeof next !== 'string' || seen.has(next)) break;
    seen.add(next);
    cursor = next;
  }
  return items.slice(0, MAX_ITEMS);
}
