import { describe, expect, it } from 'vitest';
import { parseAccept } from '../../src/gateway/http/accept.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

describe('Accept', () => {
  it.each<[string | undefined, boolean, boolean, boolean]>([
    [undefined, false, false, false],
    ['*/*', true, true, false],
    ['application/json', true, false, false],
    ['text/event-stream', false, true, true],
    ['Application/JSON , text/Event-Stream;q=0.5', true, true, true],
    ['application/*, text/*', true, true, false],
    ['application/json, text/event-stream;q=0', true, false, false],
    ['application/json, text/event-stream; q=0.0', true, false, false],
    ['text/html', false, false, false],
  ])('%s', (header, json, eventStream, namesEventStream) => {
    expect(parseAccept(header)).toEqual({ json, eventStream, namesEventStream });
  });

  it('must admit both types in a session', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const session = await server.initialize();
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    for (const accept of ['application/json', 'text/event-stream', 'text/html']) {
      const refused = await server.post(ping, { ...session, accept });
      expect(refused.status).toBe(406);
      expect(await refused.json()).toMatchObject({ id: null, error: { code: -32600 } });
    }
    for (const accept of ['*/*', 'application/json, text/event-stream'])
      expect((await server.post(ping, { ...session, accept })).status).toBe(200);
  });

  it('of a GET without text/event-stream gets the description of the original', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    for (const accept of ['*/*', 'application/json']) {
      const response = await fetch(`${server.origin}/mcp`, { headers: { accept } });
      expect(await response.json()).toMatchObject({
        name: 'clarity-runtime gateway',
        protocol: 'jsonrpc-2.0',
        supportedMethods: expect.arrayContaining(['initialize', 'ping', 'tools/list', 'tools/call', 'prompts/list']),
      });
    }
    const stream = await fetch(`${server.origin}/mcp`, { headers: { accept: 'text/event-stream' } });
    expect(stream.status).toBe(400);
  });
});
