import type { Caller, Client, GatewayView, Identity, ServedService } from '../../reconcile/ports.ts';
import { presentCaller } from '../present-caller.ts';
import { scopeShows, type Scope } from '../scope.ts';
import type { Catalog } from './catalog.ts';
import type { Catalogs, CatalogView } from './catalogs.ts';

/** Sets of capabilities whose catalogues are kept, as many as a service keeps offers for. */
const MAX_SETS = 8;

/**
 * The catalogues as clients of each set of capabilities see them: those of everybody, but for the services that offer such clients something
 * else. Most offer everybody the same, and most sets share the catalogues of everybody.
 */
export class ClientCatalogs {
  readonly #view: GatewayView;
  readonly #base: Catalogs;
  /** By capabilities; the one made last is the last. */
  readonly #sets = new Map<string, Catalogs>();
  /** How many lists of a client wait for a reading; by its id. */
  readonly #waiting = new Map<string, number>();

  constructor(view: GatewayView, base: Catalogs) {
    this.#view = view;
    this.#base = base;
  }

  /** As Catalogs.of, for clients that declared these. */
  of(scope: Scope, capabilityKey: string): Catalog | undefined {
    return capabilityKey === '' ? this.#base.of(scope) : this.#ofSet(capabilityKey).of(scope);
  }

  /**
   * The catalogue when that which the services of the scope offer to the caller's client has been read, or cannot be had soon; undefined where
   * there is nothing to be read. Never rejects.
   */
  latest(scope: Scope, caller: Caller): Promise<Catalog | undefined> | undefined {
    const readings: Promise<void>[] = [];
    for (const service of this.#view.served()) {
      if (!scopeShows(scope, service.identity, this.#view)) continue;
      const reading = service.offers?.read(presentCaller(caller, service, scope));
      if (reading !== undefined) readings.push(reading);
    }
    return readings.length === 0 ? undefined : this.#after(readings, scope, caller.client);
  }

  /** True while a list of the client is on its way: that will hold what changes now. */
  isWaiting(client: Client): boolean {
    return this.#waiting.has(client.id);
  }

  /** What clients of these capabilities are shown is another now; absent: what all clients are. */
  invalidate(capabilityKey?: string): void {
    if (capabilityKey === undefined) this.#sets.clear();
    else this.#sets.delete(capabilityKey);
  }

  async #after(readings: readonly Promise<void>[], scope: Scope, client: Client): Promise<Catalog | undefined> {
    this.#waiting.set(client.id, (this.#waiting.get(client.id) ?? 0) + 1);
    try {
      await Promise.all(readings);
      return this.of(scope, client.capabilityKey);
    } finally {
      const rest = (this.#waiting.get(client.id) ?? 1) - 1;
      if (rest > 0) this.#waiting.set(client.id, rest);
      else this.#waiting.delete(client.id);
    }
  }

  #ofSet(capabilityKey: string): Catalogs {
    const known = this.#sets.get(capabilityKey);
    if (known !== undefined) return known;
    const view = offeredTo(capabilityKey, this.#view);
    const made = view === undefined ? this.#base : this.#base.variant(view);
    const [oldest] = this.#sets.keys();
    if (this.#sets.size >= MAX_SETS && oldest !== undefined) this.#sets.delete(oldest);
    this.#sets.set(capabilityKey, made);
    return made;
  }
}

/** The services as clients of these capabilities see them, as of now; undefined where all of them are offered to everybody. */
function offeredTo(capabilityKey: string, view: GatewayView): CatalogView | undefined {
  const own = new Map<Identity, ServedService>();
  for (const service of view.served()) {
    const snapshot = service.offers?.to(capabilityKey);
    if (snapshot !== undefined) own.set(service.identity, { ...service, interface: snapshot });
  }
  if (own.size === 0) return undefined;
  return {
    served: () => view.served().map((service) => own.get(service.identity) ?? service),
    get: (identity) => own.get(identity) ?? view.get(identity),
    toolset: (name) => view.toolset(name),
  };
}
