import type { Audience, Caller, GatewayView, Identity, ServedService, Unsubscribe } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Call } from '../call.ts';
import { Cursors } from '../catalog/cursor.ts';
import { presentCaller } from '../present-caller.ts';
import { scopeShows } from '../scope.ts';
import { relabelled } from './related-task.ts';
import { taskCapabilitiesOf, type TaskCapabilities } from './task-capabilities.ts';
import { taskCaller } from './task-caller.ts';
import type { TaskRow } from './task-row.ts';
import { TaskTable, type TaskTableLimits } from './task-table.ts';

export interface TaskLimits extends TaskTableLimits {
  readonly taskWaitsPerService: number;
  readonly taskWaitMs: number;
}

/**
 * The tasks of services under ids of ours, each bound to the principal that made it (mcp-gateway §4.8): the ids of services are theirs to choose,
 * may be equal, and are no protection.
 */
export class Tasks {
  readonly cursors = new Cursors();
  readonly #view: GatewayView;
  readonly #limits: TaskLimits;
  readonly #table: TaskTable;
  readonly #waits = new Map<Identity, number>();
  readonly #unsubscribe: Unsubscribe;

  constructor(view: GatewayView, clock: Clock, limits: TaskLimits) {
    this.#view = view;
    this.#limits = limits;
    this.#table = new TaskTable(clock, limits);
    this.#unsubscribe = view.onNotification((identity, method, params) => {
      if (method === 'notifications/tasks/status') this.#tellStatus(identity, params ?? {});
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  capabilitiesOf(identity: Identity): TaskCapabilities {
    return taskCapabilitiesOf(this.#view.get(identity));
  }

  /** Params of a call of a tool for its service: where that takes no tasks, the wish for one goes unheard. Throws RpcError where there is no room. */
  toService(params: JsonObject, identity: Identity, { principal }: Call): JsonObject {
    if (!this.capabilitiesOf(identity).call) {
      const { task: _, ...rest } = params;
      return params.task === undefined ? params : rest;
    }
    if (params.task !== undefined) this.#table.assertRoom(principal);
    return relabelled(params, (id) => this.#table.find(id, principal)?.upstreamId);
  }

  /** The result of a call that wished for a task: with the task that came of it under an id of ours; itself where none did. */
  opened(result: JsonObject, identity: Identity, { principal, caller, catalog }: Call): JsonObject {
    const { task } = result;
    if (!isJsonObject(task) || typeof task.taskId !== 'string') return result;
    const row = this.#table.add(
      { identity, principal, client: caller?.client, scope: catalog.scope },
      task.taskId,
      task,
    );
    return this.exposed(row, { ...result, task: { ...task, taskId: row.id } });
  }

  /** Throws RpcError -32602 for a task that is unknown, of another principal, or of a service that the scope does not show: one answer. */
  find(id: string, { principal, catalog }: Call): TaskRow {
    const row = this.#table.find(id, principal);
    if (row !== undefined && scopeShows(catalog.scope, row.identity, this.#view)) return row;
    throw new RpcError(RPC.invalidParams, 'Task not found');
  }

  /** Those that the caller may see, from the oldest. */
  list({ principal, catalog }: Call): readonly TaskRow[] {
    return this.#table.of(principal).filter(({ identity }) => scopeShows(catalog.scope, identity, this.#view));
  }

  /** Asks the service, on the connection that has the task. A service that knows nothing of it any more has it forgotten here too. */
  async request(row: TaskRow, method: string, params: JsonObject, call: Call): Promise<JsonObject> {
    const { caller: _, ...rest } = call;
    const caller = callerOf(row, call);
    const sent = { ...params, taskId: row.upstreamId };
    try {
      return await call.relay.request(row.identity, method, sent, caller === undefined ? rest : { ...rest, caller });
    } catch (error) {
      if (method === 'tasks/get' && error instanceof RpcError && error.code === RPC.invalidParams)
        this.#table.delete(row);
      throw error;
    }
  }

  /** tasks/result, which waits for the task. Throws RpcError overloaded, `data.sent` false, where too many wait. */
  async result(row: TaskRow, params: JsonObject, call: Call): Promise<JsonObject> {
    const { identity } = row;
    const waits = this.#waits.get(identity) ?? 0;
    if (waits >= this.#limits.taskWaitsPerService)
      throw new RpcError(RPC.overloaded, 'Too many requests wait for results of tasks', { sent: false });
    this.#waits.set(identity, waits + 1);
    try {
      return await this.request(row, 'tasks/result', params, { ...call, timeoutMs: this.#limits.taskWaitMs });
    } finally {
      const left = (this.#waits.get(identity) ?? 1) - 1;
      if (left === 0) this.#waits.delete(identity);
      else this.#waits.set(identity, left);
    }
  }

  /** A task that the service described in a result, under our id. */
  described(row: TaskRow, result: JsonObject): JsonObject {
    this.#table.heard(row, result);
    return this.exposed(row, { ...result, taskId: row.id });
  }

  /** With the task that it belongs to under our id. */
  exposed(row: TaskRow, result: JsonObject): JsonObject {
    return relabelled(result, (id) => (id === row.upstreamId ? row.id : this.#table.byUpstream(row.identity, id)?.id));
  }

  /** The caller as the service may turn to it. */
  callerFor(caller: Caller, service: ServedService, { principal, catalog }: Call): Caller {
    const presented = presentCaller(caller, service, catalog.scope);
    if (!taskCapabilitiesOf(service).call) return presented;
    return taskCaller(presented, {
      table: this.#table,
      identity: service.identity,
      principal,
      makerOf: ({ client, scope }) => client && presentCaller({ ...audience(client), client }, service, scope),
      onStatus: (params) => this.#tellStatus(service.identity, params),
    });
  }

  /** To the client that made the task, and to nobody else. */
  #tellStatus(identity: Identity, params: JsonObject): void {
    const row = typeof params.taskId === 'string' ? this.#table.byUpstream(identity, params.taskId) : undefined;
    if (row !== undefined) row.client?.tell('notifications/tasks/status', this.described(row, params));
  }
}

/** Who asks after a task: on the connection of the client that made it, where there was one, but on the stream of this request. */
function callerOf({ client }: TaskRow, { caller }: Call): Caller | undefined {
  return client && { ...audience(caller ?? client), client };
}

function audience(of: Audience): Audience {
  return {
    ask: (method, params, signal) => of.ask(method, params, signal),
    tell: (method, params) => of.tell(method, params),
  };
}
