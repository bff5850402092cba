import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';

/** What a program is told of a task (language.md §11 a2a). */
export interface TaskView {
  readonly id: string;
  /** submitted, working, completed, failed, canceled, …: the agent's own word. */
  readonly status: string;
  /** The texts of its artifacts, one a line; where it has none, those of its status message. */
  readonly output: string;
}

/** An A2A task in short; `id` where the task does not name its own. */
export function taskView(task: JsonObject, id: string): TaskView {
  const status = isJsonObject(task.status) ? task.status : { state: task.status };
  const artifacts = list(task.artifacts).flatMap(textsOf);
  const output = artifacts.length > 0 ? artifacts : textsOf(status.message);
  return {
    id: typeof task.id === 'string' ? task.id : id,
    status: typeof status.state === 'string' ? status.state : 'unknown',
    output: output.join('\n'),
  };
}

function textsOf(holder: Json | undefined): string[] {
  const parts = isJsonObject(holder) ? list(holder.parts) : [];
  return parts.flatMap((part) => (isJsonObject(part) && typeof part.text === 'string' ? [part.text] : []));
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
