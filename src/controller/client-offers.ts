import type {
  Caller,
  InterfaceSnapshot,
  ServedOffers,
  ServedService,
  Upstream,
  UpstreamConnection,
} from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import { within } from '../shared/within.ts';
import { introspect } from './introspect.ts';
import type { Semaphore } from './semaphore.ts';

/** Sets of capabilities of one service; of more, that is forgotten which was asked for longest ago. */
const MAX_SETS = 8;
/** Whoever asks for a list waits so long for a reading, from its beginning. */
const ASKED_MS = 3000;
/** Of one list. */
const LIST_MS = 20_000;
/** After one that failed, nothing is read for so long. */
const RETRY_MS = 60_000;
/** Some servers change with each reading: changes within this time are read once. */
const SETTLE_MS = 1000;

/** What one reading is of. */
export interface Subject {
  readonly upstream: Upstream;
  /** What everybody is offered. */
  readonly base: InterfaceSnapshot;
  readonly session: ServedService['session'];
}

export interface ClientOffersOptions {
  readonly clock: Clock;
  /** The instance that serves now; undefined where none does. */
  readonly subject: () => Subject | undefined;
  /** Readings of all services together. */
  readonly turns: Semaphore;
  /** What clients of these capabilities are shown is another now; `told`: so that they hear of it. */
  readonly onChange: (capabilityKey: string, told?: { before: InterfaceSnapshot; after: InterfaceSnapshot }) => void;
  readonly onFailure: (message: string) => void;
}

interface Offer {
  /** Undefined where it is what everybody is offered, or not known. */
  snapshot?: InterfaceSnapshot;
  /** The revision of what everybody was offered when it was read; another one means that it may have changed too. */
  readAt?: string;
  /** Resolves with the reading under way, or when whoever asks has waited long enough. */
  asked?: Promise<void>;
  /** It has changed while it was read. */
  stale?: UpstreamConnection;
  settling?: Cancel;
  notBeforeMs: number;
}

type Connect = (signal: AbortSignal) => Promise<UpstreamConnection | undefined>;

/**
 * What one service offers to clients of each set of capabilities, read over a connection that declares exactly that set: once for each set and
 * generation, and again when the server says so over such a connection, or what everybody is offered has changed.
 */
export class ClientOffers implements ServedOffers {
  readonly #options: ClientOffersOptions;
  /** The one asked for last is the last. */
  readonly #offers = new Map<string, Offer>();
  readonly #closing = new AbortController();
  #runHash: string | undefined;

  constructor(options: ClientOffersOptions) {
    this.#options = options;
  }

  to(capabilityKey: string): InterfaceSnapshot | undefined {
    return this.#offers.get(capabilityKey)?.snapshot;
  }

  read(caller: Caller): Promise<void> | undefined {
    const subject = this.#options.subject();
    const { upstream, session } = subject ?? {};
    if (upstream?.connectionFor === undefined || session === 'shared') return undefined;
    const key = caller.client.capabilityKey;
    const offer = this.#used(key);
    if (offer.asked !== undefined) return offer.asked;
    if (offer.readAt === subject?.base.revision || this.#options.clock.now() < offer.notBeforeMs) return undefined;
    return this.#begin(key, offer, async (signal) =>
      upstream.connectionFor?.(caller, { signal, ...(session === undefined ? {} : { session }) }),
    );
  }

  /** The server said so over a connection of theirs. What nobody has asked for is not read. */
  changed(capabilityKey: string, connection: UpstreamConnection): void {
    const offer = this.#offers.get(capabilityKey);
    if (offer === undefined) return;
    if (offer.asked !== undefined) offer.stale = connection;
    else
      offer.settling ??= this.#options.clock.after(SETTLE_MS, () => {
        delete offer.settling;
        if (offer.asked === undefined) void this.#begin(capabilityKey, offer, () => Promise.resolve(connection));
        else offer.stale = connection;
      });
  }

  /** An instance of this generation serves: what was read of another holds no more. */
  serves(runHash: string, base: InterfaceSnapshot): void {
    if (runHash === this.#runHash) return;
    this.#runHash = runHash;
    const former = [...this.#offers];
    this.#offers.clear();
    for (const [key, { snapshot, settling }] of former) {
      settling?.();
      if (snapshot !== undefined) this.#options.onChange(key, { before: snapshot, after: base });
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#closing.abort(new Error('the service is not served any more'));
    for (const { settling } of this.#offers.values()) settling?.();
    this.#offers.clear();
  }

  /** The offer of these clients, marked as asked for last; a new one may take the place of another. */
  #used(key: string): Offer {
    const offer = this.#offers.get(key) ?? { notBeforeMs: 0 };
    this.#offers.delete(key);
    this.#offers.set(key, offer);
    const [oldest] = this.#offers.keys();
    if (this.#offers.size > MAX_SETS && oldest !== undefined) this.#forget(oldest);
    return offer;
  }

  /** Its clients see what everybody does until they ask again; they are not told, or sets that are too many would drive each other out for ever. */
  #forget(key: string): void {
    const offer = this.#offers.get(key);
    offer?.settling?.();
    this.#offers.delete(key);
    this.#options.onChange(key);
  }

  #begin(key: string, offer: Offer, connect: Connect): Promise<void> {
    const reading = this.#read(key, offer, connect);
    const asked = within(this.#options.clock, ASKED_MS, reading);
    offer.asked = asked;
    void reading.then(() => {
      delete offer.asked;
      const { stale } = offer;
      delete offer.stale;
      if (stale !== undefined && this.#offers.get(key) === offer) this.changed(key, stale);
    });
    return asked;
  }

  /** `own`: undefined where it is what everybody is offered. */
  #keep(key: string, offer: Offer, own: InterfaceSnapshot | undefined, base: InterfaceSnapshot): void {
    const before = offer.snapshot;
    offer.readAt = base.revision;
    if (own === undefined) delete offer.snapshot;
    else offer.snapshot = own;
    if (before?.revision !== own?.revision) this.#options.onChange(key, { before: before ?? base, after: own ?? base });
  }

  /** Never rejects. */
  async #read(key: string, offer: Offer, connect: Connect): Promise<void> {
    const { clock, turns, subject, onChange, onFailure } = this.#options;
    const { signal } = this.#closing;
    const base = subject()?.base;
    const runHash = this.#runHash;
    const isWanted = () => this.#offers.get(key) === offer;
    try {
      const snapshot = await turns.run(signal, async () => {
        const connection = await connect(signal);
        return connection && (await introspect(connection, clock, LIST_MS, signal));
      });
      if (base === undefined) return;
      const own = snapshot?.revision === base.revision ? undefined : snapshot;
      if (isWanted()) this.#keep(key, offer, own, base);
      // Whoever waited has got less meanwhile, and may ask again.
      else if (this.#runHash !== runHash && own !== undefined) onChange(key, { before: own, after: base });
    } catch (error) {
      if (signal.aborted || !isWanted()) return;
      offer.notBeforeMs = clock.now() + RETRY_MS;
      onFailure(errorMessage(error));
    }
  }
}
