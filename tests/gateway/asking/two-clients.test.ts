import { describe, expect, it } from 'vitest';
import { resolvable } from '../../../src/shared/resolvable.ts';
import { AskedClient } from '../../helpers/asked-client.ts';
import { turningUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const ASKED = ['sampling/createMessage', 'elicitation/create', 'roots/list'];

/** Its tool reports, asks three things one after the other, reports again; the two calls go on in step. */
async function gatewayInStep(): Promise<GatewayServer> {
  const bothThere = resolvable();
  let there = 0;
  const upstream = turningUpstream('s', async (caller, params, { onProgress }) => {
    if (++there === 2) bothThere.resolve();
    await bothThere.promise;
    onProgress?.({ progress: 1 });
    const answers = [];
    for (const method of ASKED) {
      caller.tell('notifications/message', { level: 'debug', data: params.arguments! });
      answers.push(await caller.ask(method, { message: 'of', of: params.arguments! }, new AbortController().signal));
      onProgress?.({ progress: 1 + answers.length });
    }
    return { content: [], answers };
  });
  const fleet = new ServedFleet();
  fleet.serve('s', snapshotOf({ tools: [{ name: 't' }] }), {}, upstream);
  return GatewayServer.start(fleet);
}

describe('two clients at once, with equal ids and tokens,', () => {
  it.each([0, '', 'token'])('are asked, told and answered each by itself (%j)', async (token) => {
    const server = await gatewayInStep();
    const talks = await Promise.all(
      ['left', 'right'].map(async (label) => {
        const client = await AskedClient.open(server, {
          answer: ({ method, params }) => ({ result: { label, method, of: params.of } }),
        });
        return client.call('s__t', { arguments: { label }, _meta: { progressToken: token } }, token);
      }),
    );
    for (const [index, label] of ['left', 'right'].entries()) {
      const talk = talks[index]!;
      const progress = (value: number) => ({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progress: value, progressToken: token },
      });
      const log = {
        jsonrpc: '2.0',
        method: 'notifications/message',
        params: { level: 'debug', data: { label }, logger: 's' },
      };
      const ask = (id: number, method: string) => ({
        jsonrpc: '2.0',
        id,
        method,
        params: { message: method === 'elicitation/create' ? '[s] of' : 'of', of: { label } },
      });
      expect(talk.slice(0, -1)).toEqual([
        progress(1),
        ...ASKED.flatMap((method, at) => [log, ask(at + 1, method), progress(at + 2)]),
      ]);
      const answers = ASKED.map((method) => ({ label, method, of: { label } }));
      expect(talk.at(-1)).toEqual({ jsonrpc: '2.0', id: token, result: { content: [], answers } });
    }
  });
});
