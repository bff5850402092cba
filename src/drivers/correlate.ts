import type { Caller } from '../reconcile/ports.ts';
import type { RpcId } from '../shared/json-rpc.ts';
import { isCall } from './call-count.ts';
import type { Call } from './call.ts';
import type { Represented } from './represented.ts';

/** The calls of one connection that are in flight, by their ids there. */
export interface CallsInFlight {
  has(id: RpcId): boolean;
  get(id: RpcId): Call | undefined;
  /** The oldest first. */
  values(): Iterable<Call>;
}

/** Whose call something belongs to that a server asks or tells. */
export interface Cause {
  readonly caller: Caller;
  /** The calls that it can belong to, all of one client; empty where it comes without any, over that client's own connection. */
  readonly calls: readonly Call[];
}

/**
 * To which call a server's words belong: to the request on whose stream they came, where the transport says so (`during`); else to the
 * latest call, where all that are pending are of one client; else to the only client of the connection. A text: to none, and why.
 */
export function causeOf(calls: CallsInFlight, during: RpcId | undefined, represented: Represented): Cause | string {
  if (during !== undefined) {
    const call = calls.get(during);
    if (call === undefined) return 'the request on whose stream it came is over';
    const { caller } = call.options;
    return caller === undefined
      ? 'nobody who could be asked made the request it belongs to'
      : { caller, calls: [call] };
  }
  const pending = [...calls.values()].filter(isOfClient);
  const latest = pending.at(-1)?.options.caller;
  if (latest === undefined && pending.length === 0) {
    const sole = represented.sole();
    return sole === undefined
      ? 'it belongs to no call, and several clients share the connection'
      : { caller: sole, calls: [] };
  }
  if (latest === undefined || pending.some(({ options }) => options.caller?.client.id !== latest.client.id))
    return 'calls of several clients are pending, and it does not say to which of them it belongs';
  return { caller: latest, calls: pending };
}

/** Not what the runtime looks at by itself. */
function isOfClient({ method, options }: Call): boolean {
  return options.caller !== undefined || (options.isProbe !== true && isCall(method));
}
