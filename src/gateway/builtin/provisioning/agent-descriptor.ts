import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';

const KINDS = ['handoff.request', 'handoff.accepted', 'handoff.rejected', 'handoff.completed'];
const A2A_PROFILE = { protocol: 'clarity.a2a.v1', acceptedMessageKinds: KINDS, emitsMessageKinds: KINDS };

/** `metadata.agent` from an agent_descriptor: snake_case keys as camelCase; a trigger a2a without a profile takes and sends every kind (original contract §4). */
export function agentOf(descriptor: JsonObject): JsonObject {
  const agent = camelKeys(descriptor) as JsonObject;
  const triggers = Array.isArray(agent.triggers) ? (agent.triggers as readonly Json[]) : [];
  return triggers.includes('a2a') && agent.a2a === undefined ? { ...agent, a2a: A2A_PROFILE } : agent;
}

function camelKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => camelKeys(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      member === undefined ? undefined : camelKeys(member),
    ]),
  );
}
