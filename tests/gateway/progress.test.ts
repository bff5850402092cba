import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import { eventsOf, GatewayServer } from '../helpers/gateway-server.ts';
import { ProgressServer } from '../helpers/progress-server.ts';
import { everythingUpstream, serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

async function progressGateway(): Promise<GatewayServer> {
  const fleet = new ServedFleet();
  await fleet.add('p', await serverUpstream('p', new ProgressServer().mcp));
  return GatewayServer.start(fleet);
}

const steps = (label: string, progressToken: unknown, id: number | string = 0) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'p__steps', arguments: { steps: 5, label }, _meta: { progressToken } },
});

describe('progress', () => {
  it.each([0, '', 1, 'token'])('comes whole and under the token %j, before the result', async (token) => {
    const server = await progressGateway();
    const response = await server.post(steps('a', token), await server.initialize());
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const messages = await eventsOf(response);
    expect(messages.slice(0, -1).map(({ method, params }) => ({ method, params }))).toEqual(
      [1, 2, 3, 4, 5].map((progress) => ({
        method: 'notifications/progress',
        params: { progressToken: token, progress, total: 5, message: 'a' },
      })),
    );
    expect(messages.at(-1)).toEqual({ jsonrpc: '2.0', id: 0, result: { content: [{ type: 'text', text: 'a' }] } });
  });

  it('of two clients with equal ids and tokens goes to each its own', async () => {
    const server = await progressGateway();
    const sessions = await Promise.all([server.initialize(), server.initialize()]);
    const answers = await Promise.all(
      ['left', 'right'].map(async (label, index) => eventsOf(await server.post(steps(label, 0), sessions[index]))),
    );
    for (const [index, label] of ['left', 'right'].entries()) {
      expect(answers[index]).toHaveLength(6);
      expect(answers[index]!.slice(0, 5).every(({ params }) => params.message === label)).toBe(true);
      expect(answers[index]!.at(-1).result.content[0].text).toBe(label);
    }
  });

  it('is not made up: without a usable token the answer is plain JSON', async () => {
    const server = await progressGateway();
    const session = await server.initialize();
    for (const token of [undefined, null, true, {}]) {
      const response = await server.post(steps('a', token), session);
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(await response.json()).toMatchObject({ result: { content: [{ text: 'a' }] } });
    }
  });

  it('reaches two clients of the SDK at once, from a real server', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    await Promise.all(
      [2, 3].map(async (count) => {
        const client = new Client({ name: 'test', version: '0' });
        await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp`)));
        const seen: number[] = [];
        const call = { name: 'every__trigger-long-running-operation', arguments: { duration: 0.5, steps: count } };
        await client.callTool(call, undefined, { onprogress: ({ progress }) => seen.push(progress) });
        await expect.poll(() => seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        await client.close();
      }),
    );
    await real.close();
  });
});
