import { randomUUID } from 'node:crypto';
import type { Identity } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isFinished, keptTask, type TaskRow } from './task-row.ts';

export interface TaskTableLimits {
  readonly tasks: number;
  readonly tasksPerPrincipal: number;
  readonly taskIdleMs: number;
}

/** Whose call made a task, and where. */
export type TaskOrigin = Pick<TaskRow, 'identity' | 'principal' | 'client' | 'scope'>;

/** After its time to live a task stays known for a moment: the service decides when it is gone. */
const TTL_GRACE_MS = 60_000;

/** The tasks that clients may ask for. Finished ones give way first; those of others never do. */
export class TaskTable {
  readonly #clock: Clock;
  readonly #limits: TaskTableLimits;
  readonly #rows = new Map<string, TaskRow>();
  readonly #byPrincipal = new Map<string, Set<TaskRow>>();
  readonly #byUpstream = new Map<string, TaskRow>();
  #lastNumber = 0;

  constructor(clock: Clock, limits: TaskTableLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Throws RpcError overloaded, `data.sent` false, where the principal can have no task more. */
  assertRoom(principal: string): void {
    if (!this.#isFull(principal)) return;
    for (const row of [...this.#rows.values()]) if (this.#expired(row)) this.delete(row);
    const [oldest] = this.of(principal).filter(isFinished);
    if (this.#isFull(principal) && oldest !== undefined) this.delete(oldest);
    if (this.#isFull(principal)) throw new RpcError(RPC.overloaded, 'Too many tasks are under way', { sent: false });
  }

  /** `task` as the service described it. An id that the service gives again is another task from now on. */
  add(origin: TaskOrigin, upstreamId: string, task: JsonObject): TaskRow {
    const { identity, principal } = origin;
    const same = this.byUpstream(identity, upstreamId);
    if (same !== undefined) this.delete(same);
    const id = randomUUID();
    const row: TaskRow = {
      ...origin,
      id,
      upstreamId,
      number: ++this.#lastNumber,
      task: keptTask(task, id),
      heardAtMs: this.#clock.now(),
    };
    this.#rows.set(id, row);
    this.#byUpstream.set(keyOf(identity, upstreamId), row);
    this.#byPrincipal.set(principal, (this.#byPrincipal.get(principal) ?? new Set()).add(row));
    return row;
  }

  /** The service has said something of it. */
  heard(row: TaskRow, task: JsonObject): void {
    row.task = keptTask(task, row.id);
    row.heardAtMs = this.#clock.now();
  }

  find(id: string, principal: string): TaskRow | undefined {
    const row = this.#rows.get(id);
    return row === undefined || row.principal !== principal ? undefined : this.#living(row);
  }

  byUpstream(identity: Identity, upstreamId: string): TaskRow | undefined {
    const row = this.#byUpstream.get(keyOf(identity, upstreamId));
    return row === undefined ? undefined : this.#living(row);
  }

  /** From the oldest. */
  of(principal: string): readonly TaskRow[] {
    return [...(this.#byPrincipal.get(principal) ?? [])].filter((row) => !this.#expired(row));
  }

  delete(row: TaskRow): void {
    this.#rows.delete(row.id);
    this.#byUpstream.delete(keyOf(row.identity, row.upstreamId));
    const own = this.#byPrincipal.get(row.principal);
    own?.delete(row);
    if (own?.size === 0) this.#byPrincipal.delete(row.principal);
  }

  #living(row: TaskRow): TaskRow | undefined {
    if (!this.#expired(row)) return row;
    this.delete(row);
    return undefined;
  }

  #isFull(principal: string): boolean {
    const own = this.#byPrincipal.get(principal)?.size ?? 0;
    return this.#rows.size >= this.#limits.tasks || own >= this.#limits.tasksPerPrincipal;
  }

  #expired({ task, heardAtMs }: TaskRow): boolean {
    const ttl = typeof task.ttl === 'number' ? task.ttl + TTL_GRACE_MS : Infinity;
    return this.#clock.now() - heardAtMs > Math.min(ttl, this.#limits.taskIdleMs);
  }
}

function keyOf(identity: Identity, upstreamId: string): string {
  return `${identity} ${upstreamId}`;
}
