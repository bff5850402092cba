import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/**
 * What a client declared of that which the gateway relays, and nothing else: the same object, with the same order of keys, for clients that can
 * do the same. Form mode alone is `elicitation: {}`, as the revisions that know no modes write it: servers of those refuse `form`.
 */
export function relayedCapabilities(declared: Json | undefined): JsonObject {
  const { elicitation, roots, sampling } = isJsonObject(declared) ? declared : {};
  return {
    ...(isJsonObject(elicitation) ? { elicitation: modesOf(elicitation) } : {}),
    ...(isJsonObject(roots) ? { roots: roots.listChanged === true ? { listChanged: true } : {} } : {}),
    ...(isJsonObject(sampling) ? { sampling: pick(sampling, ['context', 'tools']) } : {}),
  };
}

/** See Client.capabilityKey; of capabilities as relayedCapabilities gives them. */
export function capabilityKeyOf(relayed: JsonObject): string {
  const text = JSON.stringify(relayed);
  return text === '{}' ? '' : text;
}

/**
 * Throws what a client would answer that did not declare what is asked of it: -32601 for the method, -32602 for a mode or member of it
 * (2025-11-25, client/elicitation, Error Handling).
 */
export function assertDeclared(capabilities: JsonObject, method: string, params: JsonObject): void {
  const { elicitation, roots, sampling } = capabilities;
  if (method === 'elicitation/create' && isJsonObject(elicitation)) return assertMode(elicitation, params.mode);
  if (method === 'roots/list' && isJsonObject(roots)) return;
  if (method !== 'sampling/createMessage' || !isJsonObject(sampling))
    throw new RpcError(RPC.methodNotFound, `The client does not support ${method}`);
  if ((params.tools !== undefined || params.toolChoice !== undefined) && sampling.tools === undefined)
    throw new RpcError(RPC.invalidParams, 'The client does not support sampling with tools');
}

/** True where the client can be sent to URLs. */
export function visitsUrls({ elicitation }: JsonObject): boolean {
  return isJsonObject(elicitation) && elicitation.url !== undefined;
}

function assertMode({ form, url }: JsonObject, mode: Json = 'form'): void {
  if (mode === 'url' ? url !== undefined : mode === 'form' && (form !== undefined || url === undefined)) return;
  const name = mode === 'form' || mode === 'url' ? mode : 'this';
  throw new RpcError(RPC.invalidParams, `The client does not support elicitation in ${name} mode`);
}

/** Whoever names no mode means the form (2025-11-25, client/elicitation, Capabilities). */
function modesOf(elicitation: JsonObject): JsonObject {
  return isJsonObject(elicitation.url) ? pick(elicitation, ['form', 'url']) : {};
}

function pick(from: JsonObject, members: readonly string[]): JsonObject {
  return Object.fromEntries(members.filter((member) => isJsonObject(from[member])).map((member) => [member, {}]));
}
