import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/shared/json.ts';
import { fakeUpstream } from '../helpers/fake-upstream.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('a trace that a client tells in HTTP headers or in _meta reaches the service in _meta', async () => {
  const heard: (JsonObject['_meta'] | undefined)[] = [];
  const fleet = new ServedFleet();
  const upstream = fakeUpstream('a', (_method, { _meta }) => {
    heard.push(_meta);
    return Promise.resolve({ content: [] });
  });
  fleet.serve('a', snapshotOf({ tools: [{ name: 't', inputSchema: { type: 'object' } }] }), {}, upstream);
  const server = await GatewayServer.start(fleet);
  await server.call('tools/call', { name: 'a__t' }, { traceparent: PARENT, tracestate: 'x=1' });
  await server.call('tools/call', { name: 'a__t', _meta: { traceparent: PARENT, 'my/key': 1 } });
  expect(heard).toEqual([
    { traceparent: PARENT, tracestate: 'x=1' },
    { traceparent: PARENT, 'my/key': 1 },
  ]);
});
