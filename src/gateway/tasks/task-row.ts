import type { Client, Identity } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Scope } from '../scope.ts';

/** One task of one service, as the gateway knows it. */
export interface TaskRow {
  /** Our own, by which clients know it. */
  readonly id: string;
  readonly identity: Identity;
  /** The service's. */
  readonly upstreamId: string;
  /** To anybody else it does not exist (mcp-gateway §4.8). */
  readonly principal: string;
  /** Whose call made it: its connection has the task, and it hears of the task unasked. Absent where the call had no session. */
  readonly client: Client | undefined;
  /** In which that call was made. */
  readonly scope: Scope;
  /** Rises from task to task. */
  readonly number: number;
  /** What the service said of it last, under our id. */
  task: JsonObject;
  heardAtMs: number;
}

const FINISHED: ReadonlySet<unknown> = new Set(['completed', 'failed', 'cancelled']);

/** True where its status will not change any more. */
export function isFinished({ task }: TaskRow): boolean {
  return FINISHED.has(task.status);
}

/** Of one text of a task that is kept. */
const MAX_CHARS = 1000;
const KEPT = ['status', 'createdAt', 'lastUpdatedAt', 'ttl', 'pollInterval'] as const;

/** What is kept of a task: the members of the specification, and so much of its message that thousands of them do no harm. */
export function keptTask(task: JsonObject, id: string): JsonObject {
  const kept = KEPT.map((member) => [member, task[member]] as const).filter(
    ([, value]) =>
      typeof value === 'number' || value === null || (typeof value === 'string' && value.length <= MAX_CHARS),
  );
  const { statusMessage } = task;
  const message = typeof statusMessage === 'string' ? { statusMessage: statusMessage.slice(0, MAX_CHARS) } : {};
  return { taskId: id, ...Object.fromEntries(kept), ...message };
}
