import { randomUUID } from 'node:crypto';
import type { Unsubscribe } from '../../reconcile/ports.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import { RPC } from '../../shared/json-rpc.ts';
import { Refusal } from '../http/refusal.ts';
import { scopeKey, type Scope } from '../scope.ts';
import type { EventStore } from '../streams/event-store.ts';
import { framingOf } from '../streams/framing.ts';
import { MessageStreams } from '../streams/message-streams.ts';
import type { AskLimits } from './client-requests.ts';
import { Session, type SessionTerms } from './session.ts';

export interface SessionLimits extends AskLimits {
  readonly sessions: number;
  readonly sessionsPerPrincipal: number;
  readonly sessionIdleMs: number;
  readonly sessionSpareMs: number;
  readonly retryMs: number;
}

/** Seconds after which a refused client may hope for a place. */
const RETRY_AFTER_SECONDS = 30;

/** Every open session. Those that nobody used for `sessionIdleMs` are ended. */
export class SessionRegistry {
  readonly #clock: Clock;
  readonly #limits: SessionLimits;
  readonly #events: EventStore;
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<(session: Session) => void>();
  #cancelSweep: Cancel | undefined;

  constructor(clock: Clock, limits: SessionLimits, events: EventStore) {
    this.#clock = clock;
    this.#limits = limits;
    this.#events = events;
  }

  get count(): number {
    return this.#sessions.size;
  }

  values(): Iterable<Session> {
    return this.#sessions.values();
  }

  /**
   * Where there are too many, in all or of the principal, it takes the place of the principal's own that was idle longest.
   * Throws a Refusal 429 with Retry-After where none can be spared. `streams`: those that it has already; the session owns them from here on.
   */
  open(terms: SessionTerms, streams?: MessageStreams): Session {
    if (this.#isFull(terms.principal) && !this.#endSpare(terms.principal))
      throw new Refusal(429, RPC.overloaded, 'Too many sessions are open', {
        headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
      });
    const session: Session = new Session({
      id: randomUUID(),
      terms,
      streams:
        streams ??
        new MessageStreams(this.#events, framingOf(terms.protocolVersion, this.#limits.retryMs), () => {
          session.lastUsedMs = this.#clock.now();
        }),
      clock: this.#clock,
      limits: this.#limits,
    });
    this.#sessions.set(session.id, session);
    this.#cancelSweep ??= this.#armSweep();
    return session;
  }

  /** Throws a Refusal 404 for an id that is unknown, ended, of another principal or of another endpoint: one answer, so that nothing is told. */
  find(id: string, principal: string, scope: Scope): Session {
    const session = this.#sessions.get(id);
    const known =
      session !== undefined &&
      session.terms.principal === principal &&
      scopeKey(session.terms.scope) === scopeKey(scope) &&
      !this.#expired(session);
    if (!known) throw new Refusal(404, RPC.invalidRequest, 'There is no such session; send initialize to open one');
    session.lastUsedMs = this.#clock.now();
    return session;
  }

  /** Told of every session that has ended. */
  onEnded(listener: (session: Session) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  end(session: Session): void {
    this.#sessions.delete(session.id);
    session.end();
    for (const listener of this.#listeners) listener(session);
  }

  close(): void {
    this.#cancelSweep?.();
    for (const session of this.#sessions.values()) this.end(session);
  }

  #isFull(principal: string): boolean {
    return this.count >= this.#limits.sessions || this.#countOf(principal) >= this.#limits.sessionsPerPrincipal;
  }

  #endSpare(principal: string): boolean {
    const before = this.#clock.now() - this.#limits.sessionSpareMs;
    const [spare] = [...this.#sessions.values()]
      .filter(({ busy, lastUsedMs, terms }) => !busy && lastUsedMs <= before && terms.principal === principal)
      .sort((a, b) => a.lastUsedMs - b.lastUsedMs);
    if (spare !== undefined) this.end(spare);
    return spare !== undefined;
  }

  #countOf(principal: string): number {
    let count = 0;
    for (const session of this.#sessions.values()) if (session.terms.principal === principal) count++;
    return count;
  }

  #expired(session: Session): boolean {
    return !session.busy && this.#clock.now() - session.lastUsedMs >= this.#limits.sessionIdleMs;
  }

  #armSweep(): Cancel {
    return this.#clock.after(this.#limits.sessionIdleMs / 4, () => {
      for (const session of this.#sessions.values()) if (this.#expired(session)) this.end(session);
      this.#cancelSweep = this.count === 0 ? undefined : this.#armSweep();
    });
  }
}
