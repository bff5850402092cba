import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, it, onTestFinished } from 'vitest';
import { toldGateway } from '../helpers/told-calls.ts';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

async function connected(url: URL, options: { fetch?: Fetch; sessionId?: string } = {}) {
  const transport = new StreamableHTTPClientTransport(url, options);
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, transport };
}

const call = { method: 'tools/call' as const, params: { name: 's__t', arguments: {} } };

it('a client of the SDK whose stream is cut comes back by itself and gets its result and each progress once', async () => {
  const { server, calls } = await toldGateway({ retryMs: 1 });
  const cut = new AbortController();
  let posts = 0;
  // The third POST is the call; the first two are those of initialize.
  const fetch: Fetch = async (url, init) => {
    if (init?.method !== 'POST' || ++posts !== 3) return globalThis.fetch(url, init);
    return globalThis.fetch(url, { ...init, signal: cut.signal });
  };
  const { client } = await connected(new URL('/mcp', server.origin), { fetch });
  const heard: number[] = [];
  const result = client.request(call, CallToolResultSchema, { onprogress: ({ progress }) => heard.push(progress) });
  await expect.poll(() => calls.size).toBe(1);
  const [told] = calls.values();
  told!.progress(1);
  await expect.poll(() => heard).toEqual([1]);
  cut.abort();
  told!.progress(2);
  told!.progress(3);
  told!.answer({ content: [{ type: 'text', text: 'done' }] });
  expect((await result).content).toEqual([{ type: 'text', text: 'done' }]);
  expect(heard).toEqual([1, 2, 3]);
});

it('a client of the SDK that was started anew takes a call up where the last one left it', async () => {
  const { server, calls } = await toldGateway();
  const url = new URL('/mcp', server.origin);
  const { client, transport } = await connected(url);
  const tokens: string[] = [];
  const options = { onprogress: () => undefined, onresumptiontoken: (token: string) => tokens.push(token) };
  const lost = client.request(call, CallToolResultSchema, options).catch((error: unknown) => error);
  await expect.poll(() => calls.size).toBe(1);
  const [told] = calls.values();
  told!.progress(1);
  await expect.poll(() => tokens).toHaveLength(2);
  await client.close();
  await lost;
  told!.answer({ content: [{ type: 'text', text: 'done' }] });

  // An id of a session tells the SDK to resume it: it sends no initialize.
  const next = await connected(url, { sessionId: transport.sessionId! });
  const resumed = await next.client.request(call, CallToolResultSchema, { resumptionToken: tokens.at(-1)! });
  expect(resumed.content).toEqual([{ type: 'text', text: 'done' }]);
});
