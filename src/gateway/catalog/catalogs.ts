import type { GatewayView, Identity, ServedService } from '../../reconcile/ports.ts';
import type { Scope } from '../scope.ts';
import { buildCatalog, type Catalog } from './catalog.ts';
import { Cursors } from './cursor.ts';
import type { PageLimits } from './exposed-list.ts';
import { buildSlice, sliceKey, type Slice } from './slice.ts';

/** The catalogue of each scope, built when first asked for after a change; only the slice of the service that changed is made anew. */
export class Catalogs {
  readonly #view: GatewayView;
  readonly #limits: PageLimits;
  readonly #cursors = new Cursors();
  #slices = new Map<Identity, { key: string; slice: Slice }>();
  #all: Catalog | undefined;
  readonly #single = new Map<Identity, Catalog>();

  constructor(view: GatewayView, limits: PageLimits) {
    this.#view = view;
    this.#limits = limits;
  }

  /** Undefined where the scope names a service that is not served. */
  of(scope: Scope): Catalog | undefined {
    return scope.kind === 'all' ? (this.#all ??= this.#buildAll(scope)) : this.#ofService(scope.identity, scope);
  }

  /** The service, or what it offers, is another now. */
  invalidate(identity: Identity): void {
    this.#all = undefined;
    this.#single.delete(identity);
  }

  #ofService(identity: Identity, scope: Scope): Catalog | undefined {
    const service = this.#view.get(identity);
    if (service === undefined) return undefined;
    const known = this.#single.get(identity);
    if (known !== undefined) return known;
    const slice = (one: ServedService) => buildSlice(one, true);
    const catalog = buildCatalog({ scope, services: [service], slice, cursors: this.#cursors, limits: this.#limits });
    this.#single.set(identity, catalog);
    return catalog;
  }

  #buildAll(scope: Scope): Catalog {
    const services = [...this.#view.served()].sort(
      (a, b) => compare(a.namespace, b.namespace) || compare(a.identity, b.identity),
    );
    const slices = new Map<Identity, { key: string; slice: Slice }>();
    const slice = (service: ServedService) => {
      const fresh = this.#refreshed(service);
      slices.set(service.identity, fresh);
      return fresh.slice;
    };
    const catalog = buildCatalog({ scope, services, slice, cursors: this.#cursors, limits: this.#limits });
    this.#slices = slices;
    return catalog;
  }

  #refreshed(service: ServedService): { key: string; slice: Slice } {
    const key = sliceKey(service);
    const known = this.#slices.get(service.identity);
    return known?.key === key ? known : { key, slice: buildSlice(service, false) };
  }
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
