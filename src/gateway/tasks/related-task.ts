import { isJsonObject, type JsonObject } from '../../shared/json.ts';

/** The key of `_meta` that says to which task a message belongs (2025-11-25, basic/utilities/tasks). */
const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/** The id of the task that the params or the result belong to. */
export function relatedTask(holder: JsonObject | undefined): string | undefined {
  const meta = holder?._meta;
  const related = isJsonObject(meta) ? meta[RELATED_TASK] : undefined;
  return isJsonObject(related) && typeof related.taskId === 'string' ? related.taskId : undefined;
}

/** The same under another id; itself where it belongs to no task, or `renamed` does not know that. */
export function relabelled<T extends JsonObject | undefined>(
  holder: T,
  renamed: (id: string) => string | undefined,
): T {
  const id = relatedTask(holder);
  const next = id === undefined ? undefined : renamed(id);
  if (next === undefined || !isJsonObject(holder?._meta)) return holder;
  const related = holder._meta[RELATED_TASK];
  const renewed = { ...(isJsonObject(related) ? related : {}), taskId: next };
  return { ...holder, _meta: { ...holder._meta, [RELATED_TASK]: renewed } };
}
