import type { JsonObject } from '../../src/shared/json.ts';
import { fakeUpstream } from './fake-upstream.ts';
import { GatewayServer } from './gateway-server.ts';
import { ServedFleet, snapshotOf } from './served-fleet.ts';

/** A call that the test drives from behind. */
export interface ToldCall {
  /** Sends its caller a progress notification. */
  progress(progress: number, message?: string): void;
  readonly answer: (result: JsonObject) => void;
}

/** A gateway over one service whose tool `s__t` does what the test says; by the progress token of each call. */
export async function toldGateway(limits: Parameters<typeof GatewayServer.start>[1] = {}) {
  const calls = new Map<unknown, ToldCall>();
  const fleet = new ServedFleet();
  const upstream = fakeUpstream('s', (_method, params, { onProgress, signal }) => {
    const token = (params._meta as JsonObject | undefined)?.progressToken;
    return new Promise((answer, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      calls.set(token, { progress: (progress, message = '') => onProgress?.({ progress, message }), answer });
    });
  });
  fleet.serve('s', snapshotOf({ tools: [{ name: 't' }] }), {}, upstream);
  const server = await GatewayServer.start(fleet, limits);
  return { server, fleet, calls };
}

/** A tools/call of `s__t` whose id is its progress token too. */
export function toldCall(id: string | number): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 's__t', _meta: { progressToken: id } } };
}
