import type { ServedService } from '../../reconcile/ports.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';

/** Methods that change nothing, whatever the service. */
const READING: ReadonlySet<string> = new Set(['resources/read', 'prompts/get', 'completion/complete']);

/**
 * True where the request may run twice without harm: it only reads, or it calls a tool whose definition says `readOnlyHint` or `idempotentHint`.
 * A call that makes a task is not: there would be two tasks.
 */
export function isRepeatable(service: ServedService, method: string, params: JsonObject): boolean {
  if (READING.has(method)) return true;
  if (method !== 'tools/call' || params.task !== undefined) return false;
  const annotations = service.interface.tools.find(({ name }) => name === params.name)?.annotations;
  return isJsonObject(annotations) && (annotations.readOnlyHint === true || annotations.idempotentHint === true);
}
