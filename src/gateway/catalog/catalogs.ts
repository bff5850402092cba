import type { GatewayView, Identity, ListSize, ServedService } from '../../reconcile/ports.ts';
import type { BuiltinTools } from '../builtin/builtin-tools.ts';
import type { Scope } from '../scope.ts';
import { buildCatalog, withBuiltins, type Catalog } from './catalog.ts';
import { Cursors } from './cursor.ts';
import type { PageLimits } from './exposed-list.ts';
import { sizeOfRows } from './list-size.ts';
import { buildSlice, sliceKey, type Slice } from './slice.ts';
import { buildToolsetCatalog, type ToolsetCatalog } from './toolset-catalog.ts';

interface KeyedSlice {
  readonly key: string;
  readonly slice: Slice;
  /** Of its tools; made when it is asked for. */
  size?: ListSize;
}

/** What catalogues are built of. */
export type CatalogView = Pick<GatewayView, 'served' | 'get' | 'toolset'>;

/** The catalogue of each scope, built when first asked for after a change; only the slice of the service that changed is made anew. */
export class Catalogs {
  readonly #view: CatalogView;
  readonly #limits: PageLimits;
  readonly #base: Catalogs | undefined;
  readonly #cursors: Cursors;
  readonly #builtins: BuiltinTools | undefined;
  readonly #slices = new Map<Identity, KeyedSlice>();
  #all: Catalog | undefined;
  /** The same with the built-in tools. */
  #front: Catalog | undefined;
  readonly #single = new Map<Identity, Catalog>();
  readonly #toolsets = new Map<string, ToolsetCatalog>();

  /** `builtins` are listed at /mcp; `base`: of whom it is a variant. */
  constructor(view: CatalogView, limits: PageLimits, builtins?: BuiltinTools, base?: Catalogs) {
    this.#view = view;
    this.#limits = limits;
    this.#base = base;
    this.#builtins = builtins;
    this.#cursors = base === undefined ? new Cursors() : base.#cursors;
  }

  /** Those of another view: takes from here what its services are the same for, and a cursor of one is a cursor of the other. */
  variant(view: CatalogView): Catalogs {
    return new Catalogs(view, this.#limits, this.#builtins, this);
  }

  /** Undefined where the scope names a service that is not served, or a toolset that is not declared. */
  of(scope: Scope): Catalog | undefined {
    if (scope.kind === 'all') return this.#withBuiltins();
    return scope.kind === 'service' ? this.#ofService(scope.identity, scope) : this.toolset(scope.name);
  }

  /** All services without the built-in tools: what toolsets choose from, and what services may call. */
  services(): Catalog {
    return (this.#all ??= this.#buildAll({ kind: 'all' }));
  }

  /** Undefined where no source declares it. */
  toolset(name: string): ToolsetCatalog | undefined {
    const known = this.#toolsets.get(name);
    if (known !== undefined) return known;
    const toolset = this.#view.toolset(name);
    if (toolset === undefined) return undefined;
    const catalog = buildToolsetCatalog({
      toolset,
      all: this.services(),
      cursors: this.#cursors,
      limits: this.#limits,
    });
    this.#toolsets.set(name, catalog);
    return catalog;
  }

  /** What the tools of a service add to /mcp; undefined where it is not served. */
  sizeOf(identity: Identity): ListSize | undefined {
    const service = this.#view.get(identity);
    if (service === undefined) return undefined;
    const fresh = this.#refreshed(service);
    return (fresh.size ??= sizeOfRows(fresh.slice.tools));
  }

  /** The service, or what it offers, is another now. */
  invalidate(identity: Identity): void {
    this.#all = undefined;
    this.#front = undefined;
    this.#single.delete(identity);
    this.#toolsets.clear();
    if (this.#view.get(identity) === undefined) this.#slices.delete(identity);
  }

  /** The toolset is another now. */
  invalidateToolset(name: string): void {
    this.#toolsets.delete(name);
  }

  #withBuiltins(): Catalog {
    const all = this.services();
    if (this.#builtins === undefined) return all;
    return (this.#front ??= withBuiltins(all, this.#builtins, this.#cursors, this.#limits));
  }

  #ofService(identity: Identity, scope: Scope): Catalog | undefined {
    const service = this.#view.get(identity);
    if (service === undefined) return undefined;
    const base = this.#baseOf(service);
    if (base !== undefined) return base.#ofService(identity, scope);
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
    const slice = (service: ServedService) => this.#refreshed(service).slice;
    return buildCatalog({ scope, services, slice, cursors: this.#cursors, limits: this.#limits });
  }

  /** The base, where the service is the same there. */
  #baseOf(service: ServedService): Catalogs | undefined {
    const base = this.#base;
    return base !== undefined && base.#view.get(service.identity) === service ? base : undefined;
  }

  #refreshed(service: ServedService): KeyedSlice {
    const base = this.#baseOf(service);
    if (base !== undefined) return base.#refreshed(service);
    const key = sliceKey(service);
    const known = this.#slices.get(service.identity);
    if (known?.key === key) return known;
    const fresh = { key, slice: buildSlice(service, false) };
    this.#slices.set(service.identity, fresh);
    return fresh;
  }
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
