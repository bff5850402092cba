import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';
import { RawSocket } from '../helpers/test-api.ts';

const nested = (depth: number) =>
  `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const json = 'application/json';

const block = 'x'.repeat(1024 * 1024);

const REFUSED: readonly [what: string, body: string | Uint8Array, type: string, status: number, code: number][] = [
  ['nothing', '', json, 400, -32700],
  ['half a JSON', '{"jsonrpc":', json, 400, -32700],
  ['half a UTF-8 character', new Uint8Array([0x22, 0xc3, 0x22]), json, 400, -32700],
  ['an open string', '{"a":"\\"', json, 400, -32700],
  ['null', 'null', json, 400, -32600],
  ['a number', '1', json, 400, -32600],
  ['an object that is no message', '{}', json, 400, -32600],
  ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":1,"method":"ping"}', json, 400, -32600],
  ['an id that is null', '{"jsonrpc":"2.0","id":null,"method":"ping"}', json, 400, -32600],
  ['params that are an array', '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', json, 400, -32600],
  ['a batch', JSON.stringify([ping]), json, 400, -32600],
  ['an empty batch', '[]', json, 400, -32600],
  ['too deep a nesting', nested(127), json, 400, -32600],
  ['text', JSON.stringify(ping), 'text/plain', 415, -32600],
  ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, -32600],
];

describe('a body that cannot be taken', () => {
  it.each(REFUSED)('%s is refused as JSON-RPC', async (_what, body, type, status, code) => {
    const server = await GatewayServer.start(new ServedFleet());
    const response = await server.post(body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code } });
    expect(server.faults).toEqual([]);
  });

  it('over the limit is 413, and the gateway lives', async () => {
    const server = await GatewayServer.start(new ServedFleet(), { bodyBytes: 1000 });
    const response = await server.post(`"${'x'.repeat(2000)}"`);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ id: null, error: { code: -32600 } });
    expect((await server.post(ping)).status).toBe(200);
  });

  it.each([
    ['told beforehand', 'content-length: 5242880', block.repeat(5), ''],
    ['not told', 'transfer-encoding: chunked', `100000\r\n${block}\r\n`.repeat(5), '0\r\n\r\n'],
  ])('of 5 MB, its size %s, is read to its end, and the next request on the connection is served', async (...given) => {
    const [, length, body, end] = given;
    const server = await GatewayServer.start(new ServedFleet(), { bodyBytes: 1000 });
    const raw = new RawSocket(server.origin);
    const head = `POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${json}\r\n`;
    raw.socket.write(`${head}${length}\r\n\r\n${body}${end}`);
    raw.socket.write(`${head}content-length: ${JSON.stringify(ping).length}\r\n\r\n${JSON.stringify(ping)}`);
    await expect.poll(() => raw.text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it('takes the deepest nesting it allows, and brackets in strings', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    expect((await server.post(nested(126))).status).toBe(200);
    const params = { text: `${'['.repeat(500)}\\"${'{'.repeat(500)}` };
    expect((await server.post({ ...ping, params })).status).toBe(200);
  });

  it('is refused with Allow where the verb is not served', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    for (const method of ['PUT', 'PATCH', 'OPTIONS', 'HEAD']) {
      const response = await fetch(`${server.origin}/mcp`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, POST, DELETE']);
    }
  });
});
