import type { CallOutcome } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import type { JsonObject } from '../shared/json.ts';

/** Makes a call of a tool and tells what became of it; the answer or the error passes as it is. */
export async function metered(
  ended: ((outcome: CallOutcome) => void) | undefined,
  signal: AbortSignal,
  call: () => Promise<JsonObject>,
): Promise<JsonObject> {
  try {
    const result = await call();
    ended?.(result.isError === true ? 'tool_error' : 'success');
    return result;
  } catch (error) {
    ended?.(signal.aborted ? 'cancelled' : outcomeOf(error));
    throw error;
  }
}

function outcomeOf(error: unknown): CallOutcome {
  switch (error instanceof RpcError ? error.code : RPC.internalError) {
    case RPC.timeout:
      return 'timeout';
    case RPC.unavailable:
      return 'unavailable';
    case RPC.overloaded:
      return 'overloaded';
    default:
      return 'error';
  }
}
