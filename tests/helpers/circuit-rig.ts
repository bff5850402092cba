import { onTestFinished } from 'vitest';
import { createGateway, type Gateway } from '../../src/gateway/index.ts';
import { isJsonObject, type JsonObject } from '../../src/shared/json.ts';
import { RpcError, type RpcErrorBody } from '../../src/shared/json-rpc.ts';
import { FakeClock } from './clock.ts';
import { fakeUpstream } from './fake-upstream.ts';
import { ServedFleet, snapshotOf } from './served-fleet.ts';

/** A gateway on a clock that the test turns, over a service `notes` with the tools `read` and `write` whose answers the test changes. */
export class CircuitRig {
  readonly clock = new FakeClock();
  readonly fleet = new ServedFleet();
  readonly gateway: Gateway;
  /** Tools that were called, by the name of the instance: `first read`. */
  readonly calls: string[] = [];
  answer: (tool: string) => Promise<JsonObject> = () => Promise.resolve({});

  constructor() {
    this.serve('first');
    this.gateway = createGateway({
      view: this.fleet,
      clock: this.clock,
      version: '0',
      principal: () => 'owner',
      onFault: () => undefined,
    });
    onTestFinished(() => this.gateway.close());
  }

  serve(instance: string): void {
    this.serveTools([{ name: 'read' }, { name: 'write' }], instance);
  }

  serveTools(tools: readonly JsonObject[], instance = 'first'): void {
    this.fleet.serve('notes', snapshotOf({ tools }), {}, this.instance(instance));
  }

  instance(id: string) {
    return fakeUpstream(
      'notes',
      (_method, params) => {
        const tool = params.name as string;
        this.calls.push(`${id} ${tool}`);
        return this.answer(tool);
      },
      id,
    );
  }

  /** The result, or the error as it crosses the wire. */
  async call(tool = 'read', signal = new AbortController().signal): Promise<JsonObject | RpcErrorBody> {
    try {
      return await this.gateway.tools.call('notes', tool, {}, signal);
    } catch (error) {
      if (error instanceof RpcError) return error.toBody();
      throw error;
    }
  }

  async calling(times: number, tool?: string): Promise<void> {
    for (let i = 0; i < times; i++) await this.call(tool);
  }

  /** True where the gateway refuses the call for an open circuit, without asking the service. */
  async refuses(tool?: string): Promise<boolean> {
    const before = this.calls.length;
    const said = await this.call(tool);
    return this.calls.length === before && isJsonObject(said.data) && said.data.reason === 'CircuitOpen';
  }
}
