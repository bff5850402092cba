import type { GatewayView, Identity, InstanceRef, Unsubscribe } from '../../reconcile/ports.ts';
import type { CircuitSettings } from '../../shared/circuit-settings.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import { OPEN_MS, type Circuit, type CircuitChange, type CircuitState } from './circuit.ts';
import { faultOf, neverRan, type Fault } from './fault.ts';
import { InstanceCircuits } from './instance-circuits.ts';

/** A service is suspected at most so often. */
const SUSPECT_MS = 1000;

/** A call that was let through; whoever holds it says how it ended, once. */
export interface Passage {
  readonly circuits: InstanceCircuits;
  readonly ticket: number;
  readonly tool: Circuit | undefined;
  readonly toolTicket: number;
}

/**
 * The circuit breakers of all services (original contract §5). A service's counts broken connections, timeouts and -32603; results with isError
 * count for their tool alone. They belong to an instance: another one begins with closed circuits.
 */
export class Circuits {
  readonly #view: GatewayView;
  readonly #clock: Clock;
  readonly #settings: CircuitSettings;
  readonly #instances = new Map<Identity, InstanceCircuits>();
  /** One timer for each service whose circuit is open. */
  readonly #expiries = new Map<Identity, Cancel>();
  readonly #suspectedAtMs = new Map<Identity, number>();
  readonly #unsubscribe: Unsubscribe;

  constructor(view: GatewayView, clock: Clock, settings: CircuitSettings) {
    this.#view = view;
    this.#clock = clock;
    this.#settings = settings;
    this.#unsubscribe = view.onChange(({ identity }) => this.#follow(identity));
  }

  /** Lets a call to the instance through, of a tool by its own name. Throws RpcError unavailable, `data.sent` false, where a circuit is open. */
  enter(ref: InstanceRef, toolName: string | undefined): Passage {
    const circuits = this.#of(ref);
    const nowMs = this.#clock.now();
    const waitMs = circuits.service.waitMs(nowMs);
    if (waitMs > 0) throw circuits.refusal(waitMs);
    if (toolName === undefined) return { circuits, ticket: circuits.service.enter(), tool: undefined, toolTicket: 0 };
    const tool = circuits.tool(toolName);
    const toolWaitMs = tool.waitMs(nowMs);
    if (toolWaitMs > 0) throw circuits.toolRefusal(toolName, tool, toolWaitMs);
    return { circuits, ticket: circuits.service.enter(), tool, toolTicket: tool.enter() };
  }

  /** Of each service that has been called since its instance began, its own and not those of its tools. */
  *states(): Generator<readonly [service: Identity, state: CircuitState]> {
    const nowMs = this.#clock.now();
    for (const [identity, { service }] of this.#instances) yield [identity, service.state(nowMs)];
  }

  /** The call has a result. */
  answered({ circuits, ticket, tool, toolTicket }: Passage, isError: boolean): void {
    const nowMs = this.#clock.now();
    this.#changed(circuits, circuits.service.settle(ticket, 'answered', nowMs), undefined);
    tool?.settle(toolTicket, isError ? 'failed' : 'answered', nowMs);
  }

  /** The call has ended with an error. `cancelled`: its caller had given it up. */
  failed({ circuits, ticket, tool, toolTicket }: Passage, error: unknown, cancelled: boolean): void {
    const nowMs = this.#clock.now();
    const said = cancelled ? 'unknown' : faultOf(error);
    tool?.settle(toolTicket, 'unknown', nowMs);
    const fault = said === 'unknown' || said === 'answered' ? undefined : said;
    const verdict = said === 'unknown' || said === 'answered' ? said : 'failed';
    this.#changed(circuits, circuits.service.settle(ticket, verdict, nowMs), fault);
    const unreached = fault === 'connection' || fault === 'timeout' || (!cancelled && neverRan(error));
    if (unreached && this.#serves(circuits.ref)) this.#suspect(circuits.ref.identity, nowMs);
  }

  /** False for an instance that has been replaced or has ended: what it cannot do any more says nothing of the service. */
  #serves({ identity, id }: InstanceRef): boolean {
    return this.#view.get(identity)?.upstream()?.ref.id === id;
  }

  #suspect(identity: Identity, nowMs: number): void {
    const elapsed = nowMs - (this.#suspectedAtMs.get(identity) ?? -Infinity);
    if (elapsed >= 0 && elapsed < SUSPECT_MS) return;
    this.#suspectedAtMs.set(identity, nowMs);
    this.#view.suspect(identity);
  }

  close(): void {
    this.#unsubscribe();
    for (const cancel of this.#expiries.values()) cancel();
    // Calls between services may end later: they arm no timer any more.
    this.#instances.clear();
  }

  #of(ref: InstanceRef): InstanceCircuits {
    const known = this.#instances.get(ref.identity);
    if (known?.ref.id === ref.id) return known;
    if (known !== undefined) this.#drop(known);
    const circuits = new InstanceCircuits(ref, this.#settings);
    this.#instances.set(ref.identity, circuits);
    return circuits;
  }

  /** Forgets the circuits of an instance that is not called any more. */
  #follow(identity: Identity): void {
    const known = this.#instances.get(identity);
    const service = this.#view.get(identity);
    if (service === undefined) this.#suspectedAtMs.delete(identity);
    if (known === undefined) return;
    const current = service?.upstream()?.ref.id ?? (service && known.ref.id);
    if (current !== known.ref.id) this.#drop(known);
  }

  #drop(circuits: InstanceCircuits): void {
    this.#instances.delete(circuits.ref.identity);
    if (circuits.service.open) this.#tellClosed(circuits.ref.identity);
  }

  #changed(circuits: InstanceCircuits, change: CircuitChange | undefined, fault: Fault | undefined): void {
    const { identity } = circuits.ref;
    // What becomes of an instance that was replaced says nothing of the service.
    if (change === undefined || this.#instances.get(identity) !== circuits) return;
    if (change === 'closed') return this.#tellClosed(identity);
    this.#expireLater(circuits);
    // Also after each trial that failed: its message tells the newest share.
    if (fault !== undefined) this.#view.circuit(identity, circuits.whyOpen(fault));
  }

  /** Without a call there is no trial: the status would speak of an open circuit for ever. */
  #expireLater(circuits: InstanceCircuits): void {
    const { identity } = circuits.ref;
    this.#expiries.get(identity)?.();
    const cancel = this.#clock.after(OPEN_MS + this.#settings.windowMs, () => {
      if (circuits.service.expire()) this.#tellClosed(identity);
      else this.#expireLater(circuits);
    });
    this.#expiries.set(identity, cancel);
  }

  #tellClosed(identity: Identity): void {
    this.#expiries.get(identity)?.();
    this.#expiries.delete(identity);
    this.#view.circuit(identity, undefined);
  }
}
