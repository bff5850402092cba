import type { InstanceRef, Upstream } from '../reconcile/ports.ts';
import type { Session } from './session.ts';

/** The upstream of an instance, as its driver has it. */
export interface InstanceUpstream extends Upstream {
  /** Resolves when no call of a client is in flight: all were answered, or failed with the connection. */
  idle(): Promise<void>;
}

/** The face of a session that has shaken hands. */
export function upstreamOf(ref: InstanceRef, server: Upstream['server'], session: Session): InstanceUpstream {
  return {
    ref,
    server,
    request: (method, params, options) => session.request(method, params, options),
    notify: (method, params) => session.notify(method, params),
    onNotification: (listener) => session.onNotification(listener),
    get activity() {
      return session.activity;
    },
    idle: () => session.idle(),
  };
}
