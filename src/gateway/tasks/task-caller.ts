import type { Audience, Caller, Client, Identity } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { relabelled, relatedTask } from './related-task.ts';
import type { TaskRow } from './task-row.ts';
import type { TaskTable } from './task-table.ts';

/** The tasks of one service, as seen by one of its callers. */
interface Between {
  readonly table: TaskTable;
  readonly identity: Identity;
  readonly principal: string;
  /** Whoever made a task, as the service may turn to it. */
  readonly makerOf: (row: TaskRow) => Audience | undefined;
  /** Takes a notification of the status of a task to whom it concerns. */
  readonly onStatus: (params: JsonObject) => void;
}

/**
 * A caller as a service with tasks turns to it: what belongs to a task carries the task's id as the client knows it, and the other way round. What
 * belongs to a task of another principal goes to whoever made that task: on a shared connection the driver cannot know.
 */
export function taskCaller(caller: Caller, between: Between): Caller {
  const { table, identity, principal, makerOf, onStatus } = between;
  const exposed = (id: string) => table.byUpstream(identity, id)?.id;
  const own = (id: string) => table.find(id, principal)?.upstreamId;
  const audienceOf = (params: JsonObject | undefined): Audience | undefined => {
    const id = relatedTask(params);
    const row = id === undefined ? undefined : table.byUpstream(identity, id);
    return row === undefined || row.principal === principal ? caller : makerOf(row);
  };
  const ask = async (to: Audience | undefined, method: string, params: JsonObject | undefined, signal: AbortSignal) => {
    if (to === undefined) throw new RpcError(RPC.unavailable, 'The client that made the task cannot be reached');
    return relabelled(await to.ask(method, relabelled(params, exposed), signal), own);
  };
  const tell = (to: Audience | undefined, method: string, params: JsonObject | undefined) => {
    if (method === 'notifications/tasks/status') onStatus(params ?? {});
    else to?.tell(method, relabelled(params, exposed));
  };
  const { client } = caller;
  const clientWithTasks: Client = {
    id: client.id,
    capabilities: client.capabilities,
    capabilityKey: client.capabilityKey,
    ask: (method, params, signal) => ask(client, method, params, signal),
    tell: (method, params) => tell(client, method, params),
  };
  return {
    client: clientWithTasks,
    ask: (method, params, signal) => ask(audienceOf(params), method, params, signal),
    tell: (method, params) => tell(audienceOf(params), method, params),
  };
}
