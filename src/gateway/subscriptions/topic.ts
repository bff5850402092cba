import type { Identity } from '../../reconcile/ports.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import type { Session } from '../sessions/session.ts';

/** Who is subscribed, and under which URI as the session knows it. */
export interface Subscriber {
  readonly session: Session;
  readonly uri: string;
}

/** One resource of one service, and the sessions that want to hear of it. */
export class Topic {
  readonly identity: Identity;
  /** As the service knows it. */
  readonly uri: string;
  /** By session and URI: one session may know the resource by two. */
  readonly #subscribers = new Map<string, Subscriber>();
  /** The id of the instance that took the subscription last. */
  heldBy?: string;

  constructor(identity: Identity, uri: string) {
    this.identity = identity;
    this.uri = uri;
  }

  get wanted(): boolean {
    return this.#subscribers.size > 0;
  }

  get subscribers(): Iterable<Subscriber> {
    return this.#subscribers.values();
  }

  add(subscriber: Subscriber): void {
    this.#subscribers.set(keyOf(subscriber), subscriber);
  }

  delete(subscriber: Subscriber): void {
    this.#subscribers.delete(keyOf(subscriber));
  }

  /** Tells every subscriber that the resource, or a part of it (`uri`, as the service knows it), has changed. */
  tell(uri: string, params: object): void {
    for (const subscriber of this.subscribers) {
      // A wrapped URI ends with the plain one: a part keeps what stands before it.
      const exposed = subscriber.uri.slice(0, subscriber.uri.length - this.uri.length) + uri;
      // What waits for a stream must not grow with what the service says: the resource itself has to do.
      const told = subscriber.session.streams.standing.hasReader
        ? { ...params, uri: exposed }
        : { uri: subscriber.uri };
      subscriber.session.notify(
        stringifyExact({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: told }),
      );
    }
  }
}

function keyOf({ session, uri }: Subscriber): string {
  return `${session.id} ${uri}`;
}
