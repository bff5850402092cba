import type { Activity, InstanceRef, Upstream } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { errorMessage } from '../../shared/errors.ts';
import { exactAsText } from '../../shared/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { suggest } from '../../shared/suggest.ts';
import { oneLine } from '../../shared/text.ts';
import { CallCount } from '../call-count.ts';
import type { InstanceUpstream } from '../upstream.ts';
import { CallEnded, type OpenProgram } from './sandbox.ts';
import { describeService, HEALTH, type ServiceFacts } from './service-facts.ts';
import { FUNCTION_PREFIX } from './tools/function-tool.ts';
import { errorResult, textContent } from './tools/result-of.ts';

export interface WasmServer {
  readonly clock: Clock;
  readonly facts: ServiceFacts;
  readonly server: Upstream['server'];
  readonly tools: readonly JsonObject[];
  readonly program: OpenProgram;
}

/** An MCP server of a wasm service without a connection: requests are answered here, or by a call of its program. */
export class WasmUpstream implements InstanceUpstream {
  readonly ref: InstanceRef;
  readonly server: Upstream['server'];
  readonly #parts: WasmServer;
  readonly #names: ReadonlySet<string>;
  readonly #startedAtMs: number;
  readonly #count: CallCount;
  #closed = false;

  constructor(ref: InstanceRef, parts: WasmServer) {
    this.ref = ref;
    this.server = parts.server;
    this.#parts = parts;
    this.#names = new Set(parts.tools.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])));
    this.#startedAtMs = parts.clock.now();
    this.#count = new CallCount(parts.clock);
  }

  get activity(): Activity {
    return this.#count.activity;
  }

  idle(): Promise<void> {
    return this.#count.idle();
  }

  /** The program times its calls by itself (limits.timeoutMs): of the options only the signal is looked at. */
  async request(
    method: string,
    params: JsonObject | undefined,
    options: { readonly signal?: AbortSignal; readonly isProbe?: true },
  ): Promise<JsonObject> {
    const { signal } = options;
    if (signal?.aborted === true) throw cancelled(method, false, signal.reason);
    if (this.#closed) throw new RpcError(RPC.unavailable, 'the service was stopped', { sent: false });
    switch (method) {
      case 'ping':
        return {};
      case 'tools/list':
        return { tools: this.#parts.tools };
      case 'tools/call':
        return this.#count.run(method, options.isProbe === true, () => this.#call(params ?? {}, signal));
      default:
        throw new RpcError(RPC.methodNotFound, `${oneLine(method, 80)} is not offered by this service`);
    }
  }

  /** Nothing that a client tells is of use to a program: its calls end with their signals. */
  notify(): Promise<void> {
    return Promise.resolve();
  }

  /** Its lists never change while it runs. */
  onNotification(): () => void {
    return () => undefined;
  }

  /** From now on every request is refused. */
  close(): void {
    this.#closed = true;
  }

  async #call(params: JsonObject, signal: AbortSignal | undefined): Promise<JsonObject> {
    const { name, arguments: args = {} } = params;
    if (typeof name !== 'string') throw new RpcError(RPC.invalidParams, 'tools/call needs the name of a tool');
    if (!this.#names.has(name)) throw this.#unknownTool(name);
    if (!isJsonObject(args)) throw new RpcError(RPC.invalidParams, `The arguments of ${name} must be an object.`);
    if (name === 'health_check') return { content: textContent(`${this.#parts.facts.serviceId} ${HEALTH}`) };
    if (name === 'describe_service') return this.#describe();
    const request = { function: name.slice(FUNCTION_PREFIX.length), arguments: exactAsText(args) };
    try {
      return await this.#parts.program.call(request, signal);
    } catch (error) {
      return ended(error, signal);
    }
  }

  #describe(): JsonObject {
    const { clock, facts, program } = this.#parts;
    return describeService(facts, program.stats(), Math.floor((clock.now() - this.#startedAtMs) / 1000));
  }

  #unknownTool(name: string): RpcError {
    const near = suggest(name, this.#names);
    const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    return new RpcError(RPC.invalidParams, `This service has no tool \`${oneLine(name, 80)}\`.${hint}`);
  }
}

/** What the sandbox says of a call that it ended: a result that the model sees, or an error of the protocol. */
function ended(error: unknown, signal: AbortSignal | undefined): JsonObject {
  if (!(error instanceof CallEnded))
    throw new RpcError(RPC.internalError, errorMessage(error), undefined, { cause: error });
  switch (error.reason) {
    case 'timeout':
    case 'crashed':
      return errorResult(error.message);
    case 'overloaded':
      throw new RpcError(RPC.overloaded, error.message, { sent: false }, { cause: error });
    case 'closed':
      throw new RpcError(RPC.unavailable, error.message, { sent: false }, { cause: error });
    case 'cancelled':
      throw cancelled('tools/call', true, signal?.reason ?? error);
  }
}

/** As a connection says it of a call that was given up. */
function cancelled(method: string, sent: boolean, cause: unknown): RpcError {
  return new RpcError(RPC.timeout, `${method} was cancelled`, { sent }, { cause });
}
