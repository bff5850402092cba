import type { Caller, RequestOptions, Upstream } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';

type Answer = (method: string, params: JsonObject, options: RequestOptions) => Promise<JsonObject>;

/** An instance of a service that answers as the test says. */
export function fakeUpstream(identity: string, answer: Answer, id = 'first'): Upstream {
  return {
    ref: { identity, runHash: '', id },
    server: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: {} },
    request: (method, params, options) => answer(method, params ?? {}, options),
    notify: () => Promise.resolve(),
    onNotification: () => () => undefined,
    activity: { inFlight: 0 },
  };
}

/** An instance whose tools turn to whoever calls them; `act` makes the result. */
export function turningUpstream(
  identity: string,
  act: (caller: Caller, params: JsonObject, options: RequestOptions) => Promise<JsonObject>,
): Upstream {
  return fakeUpstream(identity, (_method, params, options) => {
    if (options.caller === undefined) return Promise.reject(new RpcError(RPC.methodNotFound, 'nobody is there'));
    return act(options.caller, params, options);
  });
}

/** What calls can meet, as drivers say it. */
export const MET = {
  result: () => Promise.resolve({ content: [] }),
  isError: () => Promise.resolve({ content: [], isError: true }),
  brokenConnection: () => Promise.reject(new RpcError(RPC.unavailable, 'the server has closed', { sent: true })),
  timeout: () => Promise.reject(new RpcError(RPC.timeout, 'not answered within 5 ms', { sent: true })),
  internalError: () => Promise.reject(new RpcError(RPC.internalError, 'oops')),
  neverRan: () => Promise.reject(new RpcError(RPC.unavailable, 'the service was stopped', { sent: false })),
  overloaded: () => Promise.reject(new RpcError(RPC.overloaded, 'all places are taken', { sent: false })),
  badParams: () => Promise.reject(new RpcError(RPC.invalidParams, 'no such thing')),
  tooLarge: () => Promise.reject(new RpcError(RPC.invalidRequest, 'more than maxPayloadBytes', { sent: false })),
  ownError: () => Promise.reject(new RpcError(-32000, 'no', { why: 'own' })),
  ourFault: () => Promise.reject(new Error('a fault of ours')),
} as const satisfies Record<string, () => Promise<JsonObject>>;
