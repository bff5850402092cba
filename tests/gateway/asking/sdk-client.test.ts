import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { expect, it } from 'vitest';
import { fakeUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const NEVER = new AbortController().signal;
const SAMPLING = { messages: [{ role: 'user', content: { type: 'text', text: 'Hi' } }], maxTokens: 9 };
const FORM = { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } };
const said = { role: 'assistant', model: 'm', content: { type: 'text', text: 'Ho' } } as const;

it('a client of the SDK answers all that a server may ask, and hears what it logs', async () => {
  const upstream = fakeUpstream('s', async (method, _params, { caller }) => {
    if (method !== 'tools/call' || caller === undefined) return {};
    caller.tell('notifications/message', { level: 'info', data: 'not wanted' });
    caller.tell('notifications/message', { level: 'error', data: 'wanted' });
    const structuredContent = {
      capabilities: caller.client.capabilities,
      sampling: await caller.ask('sampling/createMessage', SAMPLING, NEVER),
      elicitation: await caller.ask('elicitation/create', FORM, NEVER),
      roots: await caller.ask('roots/list', undefined, NEVER),
    };
    return { content: [], structuredContent };
  });
  const fleet = new ServedFleet();
  fleet.serve('s', snapshotOf({ capabilities: { logging: {} }, tools: [{ name: 't' }] }), {}, upstream);
  const server = await GatewayServer.start(fleet);

  const capabilities = { sampling: {}, elicitation: {}, roots: { listChanged: true } };
  const client = new Client({ name: 'test', version: '0' }, { capabilities });
  const logs: unknown[] = [];
  client.setRequestHandler(CreateMessageRequestSchema, () => said);
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'me' } }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///home' }] }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logs.push(params));
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp`)));
  await client.setLoggingLevel('warning');
  await client.sendRootsListChanged();
  const { structuredContent } = await client.callTool({ name: 's__t' });
  expect(structuredContent).toEqual({
    capabilities,
    sampling: said,
    elicitation: { action: 'accept', content: { name: 'me' } },
    roots: { roots: [{ uri: 'file:///home' }] },
  });
  expect(logs).toEqual([{ level: 'error', data: 'wanted', logger: 's' }]);
  await client.close();
});
