import { expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

const ref = { type: 'ref/prompt', name: 'every__completable-prompt' };
/** The methods that each capability promises, with what they are asked. */
const METHODS: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
  tools: [
    ['tools/list', {}],
    ['tools/call', { name: 'every__echo', arguments: { message: 'hi' } }],
  ],
  resources: [
    ['resources/list', {}],
    ['resources/templates/list', {}],
    ['resources/read', { uri: 'demo://resource/static/document/features.md' }],
    ['resources/subscribe', { uri: 'demo://resource/static/document/features.md' }],
    ['resources/unsubscribe', { uri: 'demo://resource/static/document/features.md' }],
  ],
  prompts: [
    ['prompts/list', {}],
    ['prompts/get', { name: 'every__simple-prompt' }],
  ],
  completions: [['completion/complete', { ref, argument: { name: 'department', value: 'E' } }]],
  logging: [['logging/setLevel', { level: 'debug' }]],
  tasks: [['tasks/list', {}]],
};

it('whatever initialize declares is there: each of its methods answers', async () => {
  const fleet = new ServedFleet();
  const real = await everythingUpstream('every');
  await fleet.add('every', real);
  const server = await GatewayServer.start(fleet);
  const session = await server.initialize();
  const { result } = await server.call('initialize', { protocolVersion: '2025-11-25', capabilities: {} });
  expect(Object.keys(result.capabilities).sort()).toEqual(Object.keys(METHODS).sort());
  expect(result.capabilities.resources).toEqual({ listChanged: true, subscribe: true });
  for (const [method, params] of Object.values(METHODS).flat())
    expect([method, await server.call(method, params, session)]).toEqual([
      method,
      expect.objectContaining({ result: expect.any(Object) }),
    ]);
  await real.close();
});
