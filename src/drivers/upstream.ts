import type { InstanceRef, Upstream } from '../reconcile/ports.ts';
import type { Session } from './session.ts';

/** The face of a session that has shaken hands. */
export function upstreamOf(ref: InstanceRef, server: Upstream['server'], session: Session): Upstream {
  return {
    ref,
    server,
    request: (method, params, options) => session.request(method, params, options),
    notify: (method, params) => session.notify(method, params),
    onNotification: (listener) => session.onNotification(listener),
    get activity() {
      return session.activity;
    },
  };
}
