import { stringifyExact } from '../shared/exact-json.ts';
import { RPC, RpcError, type RpcErrorBody, type RpcId, type RpcRequest } from '../shared/json-rpc.ts';
import { type Call, CancelledByCaller, type Handler, type JsonText } from './call.ts';
import { withBuiltinTools } from './methods/builtin-tools.ts';
import { complete } from './methods/completion.ts';
import { listHandler } from './methods/lists.ts';
import { setLogLevel } from './methods/logging.ts';
import { getPrompt } from './methods/prompts.ts';
import { readResource } from './methods/resources.ts';
import { withSearch } from './methods/searched-tools.ts';
import { subscribe, unsubscribe } from './methods/subscriptions.ts';
import { cancelTask, getTask, listTasks, taskResult } from './methods/tasks.ts';
import { callTool } from './methods/tools.ts';

/**
 * Every method beside initialize, which opens a session and so belongs to the endpoint. What is not here is -32601 at once:
 * the probe of the modern era (`server/discover`) too, so that a client of both eras falls back to initialize.
 */
const METHODS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['ping', () => '{}'],
  ['tools/list', listHandler('tools')],
  ['tools/call', withSearch(withBuiltinTools(callTool))],
  ['resources/list', listHandler('resources')],
  ['prompts/list', listHandler('prompts')],
  ['resources/templates/list', listHandler('resourceTemplates')],
  ['resources/read', readResource],
  ['prompts/get', getPrompt],
  ['completion/complete', complete],
  ['resources/subscribe', subscribe],
  ['resources/unsubscribe', unsubscribe],
  ['tasks/get', getTask],
  ['tasks/result', taskResult],
  ['tasks/list', listTasks],
  ['tasks/cancel', cancelTask],
  ['logging/setLevel', setLogLevel],
]);

/** In the order of the original's list (original contract §1b), then ours. */
export const SUPPORTED_METHODS: readonly string[] = ['initialize', ...METHODS.keys()];

/** The response as JSON; undefined where the caller cancelled. Never rejects; what is no RpcError goes to `onFault`. */
export async function dispatch(
  request: RpcRequest,
  call: Call,
  onFault: (error: unknown, method: string) => void,
): Promise<JsonText | undefined> {
  try {
    const handler = METHODS.get(request.method);
    if (handler === undefined) throw new RpcError(RPC.methodNotFound, `Method not found: ${request.method}`);
    const result = await handler(request.params ?? {}, call);
    return call.signal.aborted ? refused(request.id, call.signal.reason) : resultResponse(request.id, result);
  } catch (error) {
    const cause: unknown = call.signal.aborted ? call.signal.reason : error;
    if (!(cause instanceof RpcError || cause instanceof CancelledByCaller)) onFault(cause, request.method);
    return refused(request.id, cause);
  }
}

const CLOSING = Buffer.from('}');

/** A success as JSON, around a result that is JSON already. */
export function resultResponse(id: RpcId, result: JsonText): JsonText {
  const head = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":`;
  return typeof result === 'string' ? `${head}${result}}` : Buffer.concat([Buffer.from(head), result, CLOSING]);
}

/** A failure as JSON. */
export function errorResponse(id: RpcId, error: RpcErrorBody): string {
  return stringifyExact({ jsonrpc: '2.0', id, error });
}

/** What is no error of the protocol is told by its number only: texts of ours may hold paths. */
function refused(id: RpcId, cause: unknown): string | undefined {
  if (cause instanceof CancelledByCaller) return undefined;
  return errorResponse(
    id,
    cause instanceof RpcError ? cause.toBody() : { code: RPC.internalError, message: 'Internal error' },
  );
}
