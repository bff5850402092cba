import type { GatewayView, Identity, ServedService, Unsubscribe, Upstream } from '../../reconcile/ports.ts';
import { aborted } from '../../shared/abort.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Route } from '../catalog/exposed-list.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';
import { Subscribed } from './subscribed.ts';
import { TopicLines } from './topic-lines.ts';
import type { Topic } from './topic.ts';

export interface SubscriptionLimits {
  readonly subscriptions: number;
  readonly subscriptionsPerSession: number;
}

/** Of one URI. */
const MAX_PARTS = 64;
/** Of a URI that is subscribed to, or said to have changed. */
const MAX_URI_CHARS = 8192;

/**
 * Who wants to hear of which resource. A service is asked once however many sessions want the same, and told to stop by the last; another
 * instance of it is asked anew (mcp-gateway §4.10).
 */
export class Subscriptions {
  readonly #view: GatewayView;
  readonly #limits: SubscriptionLimits;
  readonly #onFault: (error: unknown, where: string) => void;
  readonly #subscribed = new Subscribed();
  readonly #lines = new TopicLines((topic) => this.#settle(topic));
  readonly #closing = new AbortController();
  readonly #ends: readonly Unsubscribe[];

  constructor(
    view: GatewayView,
    sessions: SessionRegistry,
    limits: SubscriptionLimits,
    onFault: (error: unknown, where: string) => void,
  ) {
    this.#view = view;
    this.#limits = limits;
    this.#onFault = onFault;
    this.#ends = [
      view.onChange(({ identity }) => this.#follow(identity)),
      view.onNotification((identity, method, params) => {
        if (method === 'notifications/resources/updated') this.#updated(identity, params ?? {});
      }),
      sessions.onEnded((session) => this.#forget(session)),
    ];
  }

  get count(): number {
    return this.#subscribed.count;
  }

  /** Resolves when the service has taken it, which it is woken for; `uri` is the session's own. Rejects with RpcError, and is then not subscribed. */
  async subscribe(session: Session, uri: string, { identity, upstreamKey }: Route, signal: AbortSignal): Promise<void> {
    if (!offersSubscriptions(this.#view.get(identity)))
      throw new RpcError(RPC.methodNotFound, 'The service of this resource offers no subscriptions');
    const added = this.#add(session, uri, identity, upstreamKey);
    try {
      const upstream = await this.#awake(identity, signal);
      const topic = this.#subscribed.find(session, uri);
      if (topic === undefined || topic.heldBy === upstream.ref.id) return;
      await Promise.race([this.#lines.settle(topic), aborted(signal)]);
    } catch (error) {
      if (added) this.unsubscribe(session, uri);
      throw error;
    }
  }

  /** Without effect where the session is not subscribed. The service hears of it later. */
  unsubscribe(session: Session, uri: string): void {
    const topic = this.#subscribed.delete(session, uri);
    if (topic?.wanted === false) this.#settleLater(topic);
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#closing.abort(new RpcError(RPC.unavailable, 'The gateway is closing', { sent: true }));
  }

  /** False where it is subscribed already. A URI that leads to another service by now is subscribed to there only. */
  #add(session: Session, uri: string, identity: Identity, upstreamUri: string): boolean {
    if (this.#subscribed.find(session, uri)?.identity === identity) return false;
    this.unsubscribe(session, uri);
    this.#assertRoom(session, uri);
    this.#subscribed.add(session, uri, identity, upstreamUri);
    return true;
  }

  #assertRoom(session: Session, uri: string): void {
    if (uri.length > MAX_URI_CHARS) throw new RpcError(RPC.invalidParams, 'params.uri is too long');
    const { subscriptions, subscriptionsPerSession } = this.#limits;
    if (this.count < subscriptions && this.#subscribed.countOf(session) < subscriptionsPerSession) return;
    throw new RpcError(RPC.overloaded, 'Too many resources are subscribed to', { sent: false });
  }

  async #awake(identity: Identity, signal: AbortSignal): Promise<Upstream> {
    const service = this.#view.get(identity);
    const upstream = service?.upstream() ?? (await service?.wake?.(signal));
    if (upstream !== undefined) return upstream;
    throw new RpcError(RPC.unavailable, `Service ${identity} is not running`, { sent: false, service: identity });
  }

  /** Asks the instance that serves for what is wanted and is not had of it, or tells it that nobody wants it any more. */
  async #settle(topic: Topic): Promise<void> {
    const service = this.#view.get(topic.identity);
    const upstream = service?.upstream();
    const timeoutMs = service?.limits.timeoutMs ?? 0;
    const send = (method: string) =>
      upstream?.request(method, { uri: topic.uri }, { timeoutMs, signal: this.#closing.signal });
    const had = topic.heldBy !== undefined && topic.heldBy === upstream?.ref.id;
    if (!topic.wanted) {
      delete topic.heldBy;
      this.#subscribed.release(topic);
      if (had) await send('resources/unsubscribe');
    } else if (upstream !== undefined && !had) {
      const again = topic.heldBy !== undefined;
      await send('resources/subscribe');
      topic.heldBy = upstream.ref.id;
      // Whatever happened to it in between, nobody has said.
      if (again) topic.tell(topic.uri, {});
    }
  }

  /** Another instance may serve now: it knows of no subscription. */
  #follow(identity: Identity): void {
    const current = this.#view.get(identity)?.upstream()?.ref.id;
    if (current === undefined) return;
    for (const topic of this.#subscribed.topicsOf(identity)) if (topic.heldBy !== current) this.#settleLater(topic);
  }

  /** The service's error has nobody to go to; with the next change of the service it is asked again. */
  #settleLater(topic: Topic): void {
    this.#lines.settle(topic).catch((error: unknown) => {
      if (!(error instanceof RpcError)) this.#onFault(error, 'a subscription');
    });
  }

  /** Its subscribers hear of a resource, and those of whatever it is a part of: services may name the part (2025-11-25, server/resources). */
  #updated(identity: Identity, params: JsonObject): void {
    const { uri } = params;
    if (typeof uri !== 'string' || uri.length > MAX_URI_CHARS) return;
    for (const whole of new Set(wholesOf(uri))) this.#subscribed.topic(identity, whole)?.tell(uri, params);
  }

  #forget(session: Session): void {
    for (const uri of this.#subscribed.urisOf(session)) this.unsubscribe(session, uri);
  }
}

/** The URI, and everything that it lies below. */
function* wholesOf(uri: string): Iterable<string> {
  yield uri;
  let parts = 0;
  for (const { index } of uri.matchAll(/[/?#]/g)) {
    if (++parts > MAX_PARTS) return;
    yield uri.slice(0, index);
    yield uri.slice(0, index + 1);
  }
}

function offersSubscriptions(service: ServedService | undefined): boolean {
  const resources = service?.interface.capabilities.resources;
  return isJsonObject(resources) && resources.subscribe === true;
}
