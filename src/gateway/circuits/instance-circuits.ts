import type { InstanceRef, Why } from '../../reconcile/ports.ts';
import type { CircuitSettings } from '../../shared/circuit-settings.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Json } from '../../shared/json.ts';
import { oneLine } from '../../shared/text.ts';
import { Circuit } from './circuit.ts';
import type { Fault } from './fault.ts';

/** Tools of one instance that have a circuit; beyond them the oldest is forgotten, so that a server that keeps renaming its tools costs no more. */
const MAX_TOOLS = 1024;

const FAULTS: Readonly<Record<Fault, string>> = {
  connection: 'met a broken connection',
  timeout: 'had no answer in time',
  internal: 'was answered with an internal error (-32603)',
};

/** The circuits of one instance of a service: its own, and one for each tool that was called. */
export class InstanceCircuits {
  readonly ref: InstanceRef;
  readonly service: Circuit;
  readonly #settings: CircuitSettings;
  readonly #tools = new Map<string, Circuit>();

  constructor(ref: InstanceRef, settings: CircuitSettings) {
    this.ref = ref;
    this.service = new Circuit(settings);
    this.#settings = settings;
  }

  tool(name: string): Circuit {
    const known = this.#tools.get(name);
    if (known !== undefined) return known;
    const [oldest] = this.#tools.keys();
    if (oldest !== undefined && this.#tools.size >= MAX_TOOLS) this.#tools.delete(oldest);
    const circuit = new Circuit(this.#settings);
    this.#tools.set(name, circuit);
    return circuit;
  }

  /** Why the service's circuit has opened, for its status; `last` is the fault that did it. */
  whyOpen(last: Fault): Why {
    return { reason: 'CircuitOpen', message: `${this.#share(this.service)} failed, the last ${FAULTS[last]}` };
  }

  /** The answer to a call that the service's circuit does not let through. */
  refusal(waitMs: number): RpcError {
    const { identity } = this.ref;
    const what = `Service ${identity} gets no calls for now: ${this.#share(this.service)} failed`;
    return refusal(what, waitMs, { service: identity });
  }

  /** The answer to a call that the tool's circuit does not let through. */
  toolRefusal(name: string, circuit: Circuit, waitMs: number): RpcError {
    const { identity } = this.ref;
    const tool = oneLine(name, 80);
    const what = `Tool ${tool} of service ${identity} gets no calls for now: ${this.#share(circuit)} ended with isError`;
    return refusal(what, waitMs, { service: identity, tool });
  }

  #share(circuit: Circuit): string {
    const { calls, failures } = circuit.tally;
    return `${String(failures)} of ${String(calls)} calls within ${String(this.#settings.windowMs / 1000)} s`;
  }
}

/** In whole seconds, as Retry-After has them. */
function refusal(what: string, waitMs: number, data: Readonly<Record<string, Json>>): RpcError {
  const retryAfter = Math.ceil(waitMs / 1000);
  const message = `${what}; try again in ${String(retryAfter)} s`;
  return new RpcError(RPC.unavailable, message, { sent: false, reason: 'CircuitOpen', retryAfter, ...data });
}
