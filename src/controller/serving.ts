import { toolRulesOf } from '../reconcile/admission.ts';
import type { Happening } from '../reconcile/memory.ts';
import type {
  EventSink,
  GatewayView,
  Identity,
  InstanceRef,
  Plan,
  ServedService,
  ServedToolset,
  Unsubscribe,
  Upstream,
  Why,
} from '../reconcile/ports.ts';
import { forbids } from '../reconcile/rollout.ts';
import { because, type Reason } from '../reconcile/reasons.ts';
import type { Clock } from '../shared/clock.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Entry } from './entry.ts';
import type { Fleet } from './fleet.ts';
import type { Subject } from './client-offers.ts';
import { FleetOffers } from './fleet-offers.ts';
import { ServedToolsets } from './served-toolsets.ts';
import { Sleepers } from './sleepers.ts';

type Change = Parameters<Parameters<GatewayView['onChange']>[0]>[0];
type NotificationListener = Parameters<GatewayView['onNotification']>[0];

/** What the gateway sees of the fleet: the services with a known interface that are meant to run, by namespace. */
export class Serving implements GatewayView {
  readonly #fleet: Fleet;
  readonly #connect: (ref: InstanceRef) => Upstream | undefined;
  readonly #happened: (identity: Identity, happening: Happening) => void;
  readonly #served = new Map<Identity, ServedService>();
  /** The instance that served when the listeners were last told. */
  readonly #told = new Map<Identity, string>();
  /** By service, then by instance. */
  readonly #wires = new Map<Identity, ReadonlyMap<string, Unsubscribe>>();
  readonly #sleepers: Sleepers;
  readonly #offers: FleetOffers;
  readonly #toolsets = new ServedToolsets();
  readonly #changes = new Set<(change: Change) => void>();
  readonly #notifications = new Set<NotificationListener>();
  #sorted: readonly ServedService[] | undefined;

  /** `happened` is told what calls say about a service. */
  constructor(
    fleet: Fleet,
    connect: (ref: InstanceRef) => Upstream | undefined,
    happened: (identity: Identity, happening: Happening) => void,
    clock: Clock,
    events: EventSink,
  ) {
    this.#sleepers = new Sleepers(clock);
    this.#offers = new FleetOffers(clock, events, (identity) => this.#subjectOf(identity));
    this.#fleet = fleet;
    this.#connect = connect;
    this.#happened = happened;
  }

  served(): readonly ServedService[] {
    this.#sorted ??= [...this.#served.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
    return this.#sorted;
  }

  get(identity: Identity): ServedService | undefined {
    return this.#served.get(identity);
  }

  toolset(name: string): ServedToolset | undefined {
    return this.#toolsets.get(name);
  }

  onToolset(listener: (name: string) => void): Unsubscribe {
    return this.#toolsets.onChange(listener);
  }

  /** Brings the toolsets up to date after a look at the sources. */
  followToolsets(): void {
    this.#toolsets.follow(this.#fleet);
  }

  onChange(listener: (change: Change) => void): Unsubscribe {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  onOffer(listener: Parameters<GatewayView['onOffer']>[0]): Unsubscribe {
    return this.#offers.onChange(listener);
  }

  /** Ends what is being read. */
  close(): void {
    this.#offers.close();
  }

  suspect(identity: Identity): void {
    this.#happened(identity, { kind: 'suspected' });
  }

  circuit(identity: Identity, why: Why | undefined): void {
    this.#happened(identity, { kind: 'circuit', why });
  }

  onNotification(listener: NotificationListener): Unsubscribe {
    this.#notifications.add(listener);
    return () => this.#notifications.delete(listener);
  }

  /**
   * Brings one service up to date after a reconcile; tells the listeners only where something they list, or the instance behind it, changed.
   * `listenTo`: the instances that run, each from before its first lists are read, so that no change of them is missed.
   */
  update(identity: Identity, listenTo: readonly InstanceRef[], onListChanged: () => void): void {
    this.#sleepers.looked(identity);
    const entry = this.#fleet.entries.get(identity);
    const before = this.#served.get(identity);
    const after = entry === undefined ? undefined : this.#project(entry);
    this.#wire(identity, listenTo, onListChanged);
    if (after === undefined) {
      if (!this.#served.delete(identity)) return;
      this.#told.delete(identity);
      this.#offers.drop(identity);
    } else {
      this.#offers.serves(identity, entry?.serving?.runHash, after.interface);
      const moved = this.#moved(identity, entry?.serving);
      if (before !== undefined && sameListing(before, after) && !moved) return;
      this.#served.set(identity, after);
    }
    this.#sorted = undefined;
    const shape = (pick: (s: ServedService) => unknown) =>
      JSON.stringify(before && pick(before)) !== JSON.stringify(after && pick(after));
    const change: Change = {
      identity,
      tools: shape((s) => [s.namespace, s.interface.tools, s.toolRules, s.rename]),
      resources: shape((s) => [s.interface.resources, s.interface.resourceTemplates]),
      prompts: shape((s) => [s.namespace, s.interface.prompts]),
    };
    for (const listener of this.#changes) listener(change);
  }

  /** True where another instance serves than before, or none does any more. */
  #moved(identity: Identity, ref: InstanceRef | undefined): boolean {
    if (this.#told.get(identity) === ref?.id) return false;
    if (ref === undefined) this.#told.delete(identity);
    else this.#told.set(identity, ref.id);
    return true;
  }

  #project(entry: Entry): ServedService | undefined {
    const { desired, plan } = entry;
    const { manifest } = entry.row;
    const wanted = !entry.deleted && !forbids(desired?.blocked) && manifest.spec.enabled && manifest.spec.autostart;
    // Where the new generation cannot run, the one that serves goes on.
    const halted = plan?.kind === 'halt' && entry.serving === undefined;
    if (entry.interface === undefined || !wanted || halted) return undefined;
    const policy = this.#fleet.policies.get(manifest.spec.policyRef)?.spec;
    const { origin } = manifest.spec;
    return {
      identity: entry.row.identity,
      serviceId: manifest.metadata.serviceId,
      displayName: manifest.metadata.displayName,
      namespace: manifest.spec.toolNamespace,
      interface: entry.interface,
      toolRules: toolRulesOf(manifest, policy),
      rename: manifest.spec.tools.rename ?? {},
      limits: {
        timeoutMs: origin.type === 'local_wasm' ? origin.limits.timeoutMs : origin.timeoutMs,
        ...(origin.type === 'remote_mcp' && { retry: origin.retry }),
      },
      session: manifest.spec.session,
      offers: this.#offers.of(entry.row.identity),
      upstream: () => this.#upstream(entry),
      ...(manifest.spec.activation.mode === 'onDemand' && {
        wake: (signal: AbortSignal) => this.#wake(entry, signal),
      }),
    };
  }

  /** One start however many ask: they wait for the same instance. */
  #wake(entry: Entry, signal: AbortSignal): Promise<Upstream> {
    const { identity, manifest } = entry.row;
    const gone = because('Deleted', 'its document is gone');
    const look = () =>
      this.#fleet.entries.get(identity) === entry ? (this.#upstream(entry) ?? failureOf(entry.plan)) : gone;
    const ask = () => this.#happened(identity, { kind: 'wanted' });
    return this.#sleepers.wait({ identity, timeoutMs: manifest.spec.startTimeoutMs, signal, ask, look });
  }

  #upstream(entry: Entry): Upstream | undefined {
    return entry.serving === undefined ? undefined : this.#connect(entry.serving);
  }

  /** Listens to these instances, and to no other; clients hear only the one that serves. */
  #wire(identity: Identity, refs: readonly InstanceRef[], onListChanged: () => void): void {
    const before = this.#wires.get(identity) ?? NO_WIRES;
    if (before.size === refs.length && refs.every(({ id }) => before.has(id))) return;
    const after = new Map<string, Unsubscribe>();
    for (const ref of refs) {
      const wire = before.get(ref.id) ?? this.#listen(identity, ref, onListChanged);
      if (wire !== undefined) after.set(ref.id, wire);
    }
    for (const [id, unsubscribe] of before) if (!after.has(id)) unsubscribe();
    if (after.size > 0) this.#wires.set(identity, after);
    else this.#wires.delete(identity);
  }

  #listen(identity: Identity, ref: InstanceRef, onListChanged: () => void): Unsubscribe | undefined {
    const upstream = this.#connect(ref);
    const serves = () => this.#fleet.entries.get(identity)?.serving?.id === ref.id;
    const unsubscribe = upstream?.onNotification((method: string, params: JsonObject | undefined) => {
      if (method.endsWith('/list_changed')) onListChanged();
      else if (serves()) for (const listener of this.#notifications) listener(identity, method, params);
    });
    const unsubscribeLists = upstream?.onClientListChanged?.((capabilityKey, connection) => {
      if (serves()) this.#offers.of(identity).changed(capabilityKey, connection);
    });
    if (unsubscribe === undefined || unsubscribeLists === undefined) return unsubscribe;
    return () => {
      unsubscribe();
      unsubscribeLists();
    };
  }

  #subjectOf(identity: Identity): Subject | undefined {
    const service = this.#served.get(identity);
    const upstream = service?.upstream();
    if (service === undefined || upstream === undefined) return undefined;
    return { upstream, base: service.interface, session: service.session };
  }
}

const NO_WIRES: ReadonlyMap<string, Unsubscribe> = new Map();
/** Whoever waits for one of these waits for somebody's wish, or longer than a call does. */
const DOWN: ReadonlySet<string> = new Set<Reason>([
  'CrashLoopBackOff',
  'Suspended',
  'Stopped',
  'NotStarted',
  'Deleted',
]);

/** Why a service that is to wake does not; undefined while it may still. */
function failureOf(plan: Plan | undefined): Why | undefined {
  if (plan === undefined || plan.kind === 'act') return undefined;
  return plan.kind === 'halt' || DOWN.has(plan.why.reason) ? plan.why : undefined;
}

function sameListing(a: ServedService, b: ServedService): boolean {
  const listing = (s: ServedService) =>
    JSON.stringify([
      s.namespace,
      s.displayName,
      s.serviceId,
      s.toolRules,
      s.rename,
      s.limits,
      s.session,
      s.wake !== undefined,
    ]);
  return a.interface === b.interface && listing(a) === listing(b);
}
