import type { Caller, Client } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';

type Answer = (method: string, params: JsonObject | undefined, signal: AbortSignal) => Promise<JsonObject>;

/** A session of the gateway as drivers know it, which answers as the test says and writes down what it hears. */
export class TestClient implements Client {
  readonly id: string;
  readonly capabilities: JsonObject;
  readonly capabilityKey: string;
  /** Method and params, of all its callers. */
  readonly asked: [string, JsonObject | undefined][] = [];
  readonly told: [string, JsonObject | undefined][] = [];
  readonly #answer: Answer;

  constructor(id: string, capabilities: JsonObject = {}, answer: Answer = () => Promise.resolve({ of: id })) {
    this.id = id;
    this.capabilities = capabilities;
    this.capabilityKey = Object.keys(capabilities).length === 0 ? '' : JSON.stringify(capabilities);
    this.#answer = answer;
  }

  /** A request of this client. */
  caller(): Caller {
    return {
      client: this,
      ask: (...asked) => this.ask(...asked),
      tell: (method, params) => this.tell(method, params),
    };
  }

  ask(method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject> {
    this.asked.push([method, params]);
    return this.#answer(method, params, signal);
  }

  tell(method: string, params: JsonObject | undefined): void {
    this.told.push([method, params]);
  }
}
