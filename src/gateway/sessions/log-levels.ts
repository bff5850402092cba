import type { GatewayView, Identity, Unsubscribe } from '../../reconcile/ports.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import { isJsonObject } from '../../shared/json.ts';
import { scopeShows } from '../scope.ts';
import { InstanceLevel } from './instance-level.ts';
import { mostVerbose, type LogLevel } from './log-level.ts';
import type { Session } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Services may go on being too verbose for so long after a session has ended: many end at once. */
const EASE_MS = 1000;

/**
 * Has every service that logs do so at the most verbose level that a session which sees it wants, a new instance too (mcp-gateway §4.5). Where
 * nobody has set a level the service is left as it is.
 */
export class LogLevels {
  readonly #view: GatewayView;
  readonly #sessions: SessionRegistry;
  readonly #clock: Clock;
  readonly #instances = new Map<Identity, InstanceLevel>();
  readonly #ends: readonly Unsubscribe[];
  #cancelEase: Cancel | undefined;

  constructor(view: GatewayView, sessions: SessionRegistry, clock: Clock) {
    this.#view = view;
    this.#sessions = sessions;
    this.#clock = clock;
    this.#ends = [
      view.onChange(({ identity }) => void this.#apply(identity, this.#setBy())),
      sessions.onEnded((session) => this.#onEnded(session)),
    ];
  }

  /** Resolves when the services that run have heard of it, or did not take it. */
  async set({ client, terms }: Session, level: LogLevel): Promise<void> {
    client.logLevel = level;
    const setBy = this.#setBy();
    const seen = this.#view.served().filter(({ identity }) => scopeShows(terms.scope, identity, this.#view));
    await Promise.all(seen.map(({ identity }) => this.#apply(identity, setBy)));
  }

  close(): void {
    this.#cancelEase?.();
    for (const end of this.#ends) end();
  }

  #onEnded({ client }: Session): void {
    if (client.logLevel === undefined) return;
    this.#cancelEase ??= this.#clock.after(EASE_MS, () => {
      this.#cancelEase = undefined;
      const setBy = this.#setBy();
      for (const { identity } of this.#view.served()) void this.#apply(identity, setBy);
    });
  }

  #setBy(): readonly Session[] {
    return [...this.#sessions.values()].filter(({ client }) => client.logLevel !== undefined);
  }

  /** Never rejects. */
  #apply(identity: Identity, setBy: readonly Session[]): Promise<void> {
    const level = mostVerbose(
      setBy.flatMap(({ client, terms }) =>
        client.logLevel && scopeShows(terms.scope, identity, this.#view) ? [client.logLevel] : [],
      ),
    );
    return (level && this.#instanceOf(identity)?.set(level)) ?? Promise.resolve();
  }

  /** What is known of the instance that serves now; nothing of one that does not log. */
  #instanceOf(identity: Identity): InstanceLevel | undefined {
    const service = this.#view.get(identity);
    const upstream = isJsonObject(service?.interface.capabilities.logging) ? service.upstream() : undefined;
    if (upstream === undefined) {
      this.#instances.delete(identity);
      return undefined;
    }
    const known = this.#instances.get(identity);
    if (known?.id === upstream.ref.id) return known;
    const fresh = new InstanceLevel(upstream);
    this.#instances.set(identity, fresh);
    return fresh;
  }
}
