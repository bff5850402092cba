import { stringifyExact } from '../../shared/exact-json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Call, Handler } from '../call.ts';
import { exposeBlocks } from '../catalog/exposed-blocks.ts';
import { listedTasks } from '../tasks/task-list.ts';
import type { TaskRow } from '../tasks/task-row.ts';
import { stringParam } from './params.ts';

/** `tasks/get`. */
export const getTask: Handler = async (params, call) => {
  const row = taskOf(params, call);
  return stringifyExact(call.tasks.described(row, await call.tasks.request(row, 'tasks/get', params, call)));
};

/** `tasks/result`: comes when the task is over; what its service asks meanwhile comes on this request's stream. */
export const taskResult: Handler = async (params, call) => {
  const row = taskOf(params, call);
  const result = call.tasks.exposed(row, await call.tasks.result(row, params, call));
  // Tasks are made of calls of tools only.
  const content = exposeBlocks(result.content, (uri) => call.catalog.resources.exposed(uri, row.identity));
  return stringifyExact(content === result.content ? result : { ...result, content });
};

/** `tasks/cancel`. */
export const cancelTask: Handler = async (params, call) => {
  const row = taskOf(params, call);
  if (!call.tasks.capabilitiesOf(row.identity).cancel)
    throw new RpcError(RPC.methodNotFound, 'The service of this task cannot cancel tasks');
  return stringifyExact(call.tasks.described(row, await call.tasks.request(row, 'tasks/cancel', params, call)));
};

/** `tasks/list`: those of the principal, with the status that their services tell now. */
export const listTasks: Handler = async ({ cursor }, call) => {
  if (cursor !== undefined && typeof cursor !== 'string')
    throw new RpcError(RPC.invalidParams, 'params.cursor must be a string');
  return stringifyExact(await listedTasks(cursor, call));
};

function taskOf(params: JsonObject, call: Call): TaskRow {
  return call.tasks.find(stringParam(params, 'taskId'), call);
}
