import type { JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Call } from '../call.ts';
import { isFinished, type TaskRow } from './task-row.ts';

const PAGE_ROWS = 50;

/**
 * One page of the caller's tasks. Services list the tasks of all clients of a connection and nothing else, so the page is of the gateway's own
 * table, and each task that is not over is looked up anew. Throws RpcError -32602 for a cursor that is not of this list.
 */
export async function listedTasks(cursor: string | undefined, call: Call): Promise<JsonObject> {
  const { cursors } = call.tasks;
  const list = `tasks ${call.principal}`;
  const after = cursor === undefined ? 0 : cursors.open(cursor, list)?.row;
  if (after === undefined) throw new RpcError(RPC.invalidParams, 'The cursor is not valid for this list');
  const rest = call.tasks.list(call).filter(({ number }) => number > after);
  const page = rest.slice(0, PAGE_ROWS);
  const tasks = (await Promise.all(page.map((row) => current(row, call)))).filter((task) => task !== undefined);
  const last = page.at(-1);
  if (rest.length === page.length || last === undefined) return { tasks };
  return { tasks, nextCursor: cursors.seal({ list, row: last.number, after: last.id }) };
}

/** Undefined where its service has forgotten it; as it was last known where the service cannot be asked now. */
async function current(row: TaskRow, call: Call): Promise<JsonObject | undefined> {
  if (isFinished(row)) return row.task;
  try {
    return call.tasks.described(row, await call.tasks.request(row, 'tasks/get', {}, call));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.code === RPC.invalidParams ? undefined : row.task;
  }
}
