import type {
  GatewayView,
  InterfaceSnapshot,
  ServedService,
  ServedToolset,
  Unsubscribe,
  Upstream,
  Why,
} from '../../src/reconcile/ports.ts';
import { FleetOffers } from '../../src/controller/fleet-offers.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from './clock.ts';
import type { RealUpstream } from './real-upstream.ts';

type Change = Parameters<Parameters<GatewayView['onChange']>[0]>[0];
type OfferHearer = Parameters<GatewayView['onOffer']>[0];
type Hearer = Parameters<GatewayView['onNotification']>[0];
type ServiceOptions = Partial<Pick<ServedService, 'namespace' | 'toolRules' | 'rename' | 'wake'>> & {
  timeoutMs?: number;
  retry?: ServedService['limits']['retry'];
};

/** The gateway's view over upstreams that a test owns and changes. */
export class ServedFleet implements GatewayView {
  readonly #services = new Map<string, ServedService>();
  readonly #upstreams = new Map<string, Upstream | undefined>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #listening = new Map<string, Unsubscribe>();
  readonly #offers: FleetOffers;

  /** `clock`: of what its services offer to clients with capabilities. */
  constructor(clock: Clock = systemClock) {
    const events = { emit: () => undefined };
    this.#offers = new FleetOffers(clock, events, (identity) => {
      const service = this.#services.get(identity);
      const upstream = service?.upstream();
      return service && upstream && { upstream, base: service.interface, session: service.session };
    });
  }

  /** Serves a real server under the identity. */
  async add(identity: string, real: RealUpstream, options: ServiceOptions = {}): Promise<void> {
    this.serve(identity, await real.introspect(), options, real.upstream);
  }

  /** Serves an interface, with or without something behind it. */
  serve(identity: string, snapshot: InterfaceSnapshot, options: ServiceOptions = {}, upstream?: Upstream): void {
    const { timeoutMs = 10_000, retry, ...rest } = options;
    this.#upstreams.set(identity, upstream);
    this.#services.set(identity, {
      identity,
      serviceId: `svc_${identity}`,
      displayName: identity,
      namespace: identity.replaceAll('-', '_'),
      interface: snapshot,
      toolRules: [],
      rename: {},
      limits: { timeoutMs, ...(retry && { retry }) },
      offers: this.#offers.of(identity),
      upstream: () => this.#upstreams.get(identity),
      ...rest,
    });
    this.#offers.serves(identity, upstream?.ref.runHash, snapshot);
    this.#listening.get(identity)?.();
    const hear = upstream?.onClientListChanged?.((...news) => this.#offers.of(identity).changed(...news));
    if (hear !== undefined) this.#listening.set(identity, hear);
    this.changed({ identity, tools: true, resources: true, prompts: true });
  }

  onOffer(listener: OfferHearer): Unsubscribe {
    return this.#offers.onChange(listener);
  }

  /** The instance goes away; its interface stays. */
  down(identity: string): void {
    this.#upstreams.set(identity, undefined);
    this.changed({ identity, tools: false, resources: false, prompts: false });
  }

  /** Another instance serves, in one step. */
  replace(identity: string, upstream: Upstream): void {
    this.#upstreams.set(identity, upstream);
    this.changed({ identity, tools: false, resources: false, prompts: false });
  }

  /** The service is not served any more. */
  remove(identity: string): void {
    this.#upstreams.delete(identity);
    this.#services.delete(identity);
    this.changed({ identity, tools: true, resources: true, prompts: true });
  }

  changed(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  served(): readonly ServedService[] {
    return [...this.#services.values()];
  }

  get(identity: string): ServedService | undefined {
    return this.#services.get(identity);
  }

  onChange(listener: (change: Change) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly #toolsets = new Map<string, ServedToolset>();
  readonly #toolsetListeners = new Set<(name: string) => void>();

  /** Declares a toolset, or with `undefined` takes it away. */
  setToolset(name: string, toolset: (Partial<ServedToolset> & { of: readonly string[] }) | undefined): void {
    if (toolset === undefined) this.#toolsets.delete(name);
    else {
      const { of, ...rest } = toolset;
      this.#toolsets.set(name, { name, members: new Set(of), tools: {}, mode: 'list', ...rest });
    }
    for (const listener of this.#toolsetListeners) listener(name);
  }

  toolset(name: string): ServedToolset | undefined {
    return this.#toolsets.get(name);
  }

  onToolset(listener: (name: string) => void): Unsubscribe {
    this.#toolsetListeners.add(listener);
    return () => this.#toolsetListeners.delete(listener);
  }

  readonly #hearers = new Set<Hearer>();

  onNotification(hearer: Hearer): Unsubscribe {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  /** The service tells something outside of any request. */
  told(...notification: Parameters<Hearer>): void {
    for (const hearer of this.#hearers) hearer(...notification);
  }

  /** What calls have said of services, oldest first. */
  readonly suspected: string[] = [];
  readonly circuits: { readonly identity: string; readonly why: Why | undefined }[] = [];

  suspect(identity: string): void {
    this.suspected.push(identity);
  }

  circuit(identity: string, why: Why | undefined): void {
    this.circuits.push({ identity, why });
  }
}

/** An interface as a test writes it; what is left out is empty. */
export function snapshotOf(lists: Partial<InterfaceSnapshot>): InterfaceSnapshot {
  return {
    revision: JSON.stringify(lists),
    introspectedAtMs: 0,
    protocolVersion: '2025-11-25',
    capabilities: {},
    serverInfo: { name: 'test', version: '0' },
    tools: [],
    resources: [],
    resourceTemplates: [],
    prompts: [],
    ...lists,
  };
}
