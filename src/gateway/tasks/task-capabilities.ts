import type { ServedService } from '../../reconcile/ports.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/** What a service declares of tasks (2025-11-25, basic/utilities/tasks). */
export interface TaskCapabilities {
  /** Calls of its tools may be made as tasks; without it the rest means nothing here. */
  readonly call: boolean;
  readonly list: boolean;
  readonly cancel: boolean;
}

const NONE: TaskCapabilities = { call: false, list: false, cancel: false };

export function taskCapabilitiesOf(service: ServedService | undefined): TaskCapabilities {
  const tasks = service?.interface.capabilities.tasks;
  if (!isJsonObject(tasks) || !isJsonObject(at(at(tasks.requests, 'tools'), 'call'))) return NONE;
  return { call: true, list: isJsonObject(tasks.list), cancel: isJsonObject(tasks.cancel) };
}

/** What a scope declares: each category that one of its services has; undefined where none takes tasks. */
export function mergedTaskCapabilities(services: readonly ServedService[]): JsonObject | undefined {
  const all = services.map(taskCapabilitiesOf);
  if (!all.some(({ call }) => call)) return undefined;
  return {
    ...(all.some(({ list }) => list) ? { list: {} } : {}),
    ...(all.some(({ cancel }) => cancel) ? { cancel: {} } : {}),
    requests: { tools: { call: {} } },
  };
}

/**
 * The definition of a tool whose service takes no tasks: beside services that do, `taskSupport` would promise what it cannot keep
 * (mcp-gateway §4.8); `forbidden` promises nothing and stays.
 */
export function withoutTaskSupport(tool: JsonObject): JsonObject {
  const { execution } = tool;
  if (!isJsonObject(execution) || execution.taskSupport === undefined || execution.taskSupport === 'forbidden')
    return tool;
  const { taskSupport: _, ...rest } = execution;
  return { ...tool, execution: Object.keys(rest).length === 0 ? undefined : rest };
}

function at(value: Json | undefined, member: string): Json | undefined {
  return isJsonObject(value) ? value[member] : undefined;
}
