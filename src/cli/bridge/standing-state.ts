import { isJsonObject } from '../../shared/json.ts';
import type { RpcMessage } from '../../shared/json-rpc.ts';
import { parseJson } from '../parse-json.ts';
import type { SessionHeaders } from './gateway-link.ts';

/** Subscriptions that are taken up again; a client with more loses the oldest when the daemon restarts. */
const MAX_SUBSCRIPTIONS = 1000;

/** What a client has told its session, so that another session can be told the same. */
export class StandingState {
  #initialize: string | undefined;
  #initialized: string | undefined;
  #level: string | undefined;
  readonly #subscriptions = new Map<string, string>();
  #events: { readonly session: SessionHeaders; readonly lastId: string } | undefined;

  /** A new session of the client's own making. */
  reset(initialize: string): void {
    this.#initialize = initialize;
    this.#initialized = undefined;
    this.#level = undefined;
    this.#subscriptions.clear();
  }

  /** A message that the gateway has taken. */
  note(text: string, message: RpcMessage): void {
    if (!('method' in message)) return;
    const uri = message.params?.uri;
    if (message.method === 'notifications/initialized') this.#initialized = text;
    if (message.method === 'logging/setLevel') this.#level = text;
    if (typeof uri !== 'string') return;
    if (message.method === 'resources/unsubscribe') this.#subscriptions.delete(uri);
    if (message.method !== 'resources/subscribe') return;
    this.#subscriptions.delete(uri);
    this.#subscriptions.set(uri, text);
    const [oldest] = this.#subscriptions.keys();
    if (this.#subscriptions.size > MAX_SUBSCRIPTIONS && oldest !== undefined) this.#subscriptions.delete(oldest);
  }

  /** The client's initialize under an id of ours; undefined where it has sent none. */
  opening(id: string): string | undefined {
    return this.#initialize === undefined ? undefined : withId(this.#initialize, id);
  }

  /** What follows it, in its order. */
  replay(id: string): readonly string[] {
    const requests = [this.#level, ...this.#subscriptions.values()].filter((text) => text !== undefined);
    const first = this.#initialized === undefined ? [] : [this.#initialized];
    return [...first, ...requests.map((text, index) => withId(text, `${id}-${String(index)}`))];
  }

  noteEvent(session: SessionHeaders, id: string | undefined): void {
    if (id !== undefined && id !== '') this.#events = { session, lastId: id };
  }

  /** The last event of the session's own stream; ids of another session mean nothing. */
  lastEventIdOf(session: SessionHeaders): string | undefined {
    return this.#events?.session === session ? this.#events.lastId : undefined;
  }
}

function withId(text: string, id: string): string {
  const message = parseJson(text);
  return JSON.stringify(isJsonObject(message) ? { ...message, id } : message);
}
