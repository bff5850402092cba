import type { EventSink, GatewayView, Identity, InterfaceSnapshot, Unsubscribe } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { Clock } from '../shared/clock.ts';
import { oneLine } from '../shared/text.ts';
import { ClientOffers, type Subject } from './client-offers.ts';
import { Semaphore } from './semaphore.ts';

/** Over stdio each begins a process: a list of the whole fleet must not begin them all at once. */
const READINGS = 4;

type Listener = Parameters<GatewayView['onOffer']>[0];

/** What each service offers to clients that declared capabilities. */
export class FleetOffers {
  readonly #clock: Clock;
  readonly #events: EventSink;
  readonly #subjectOf: (identity: Identity) => Subject | undefined;
  readonly #turns = new Semaphore(READINGS);
  readonly #offers = new Map<Identity, ClientOffers>();
  readonly #listeners = new Set<Listener>();

  /** `subjectOf`: the instance that serves, undefined where none does. */
  constructor(clock: Clock, events: EventSink, subjectOf: (identity: Identity) => Subject | undefined) {
    this.#clock = clock;
    this.#events = events;
    this.#subjectOf = subjectOf;
  }

  of(identity: Identity): ClientOffers {
    const known = this.#offers.get(identity);
    if (known !== undefined) return known;
    const offers = new ClientOffers({
      clock: this.#clock,
      subject: () => this.#subjectOf(identity),
      turns: this.#turns,
      onChange: (capabilityKey, told) => {
        const differs = (pick: (snapshot: InterfaceSnapshot) => unknown) =>
          told !== undefined && JSON.stringify(pick(told.before)) !== JSON.stringify(pick(told.after));
        const change = {
          identity,
          capabilityKey,
          tools: differs(({ tools }) => tools),
          resources: differs(({ resources, resourceTemplates }) => [resources, resourceTemplates]),
          prompts: differs(({ prompts }) => prompts),
        };
        for (const listener of this.#listeners) listener(change);
      },
      onFailure: (message) => {
        const why = because(
          'IntrospectFailed',
          oneLine(`what it offers to clients that can be asked: ${message}`, 500),
        );
        this.#events.emit({ kind: 'service.client_lists_failed', level: 'warn', identity, ...why });
      },
    });
    this.#offers.set(identity, offers);
    return offers;
  }

  /** An instance of this generation serves; undefined: none does now. `base` is what everybody is offered. */
  serves(identity: Identity, runHash: string | undefined, base: InterfaceSnapshot): void {
    if (runHash !== undefined) this.#offers.get(identity)?.serves(runHash, base);
  }

  /** The service is not served any more. */
  drop(identity: Identity): void {
    this.#offers.get(identity)?.close();
    this.#offers.delete(identity);
  }

  onChange(listener: Listener): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    for (const offers of this.#offers.values()) offers.close();
    this.#offers.clear();
  }
}
