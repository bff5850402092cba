import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Workspace } from '../helpers/daemon.ts';
import { answerText, callMcp } from '../helpers/mcp-client.ts';

const SERVER = resolve('examples/hello-server/server.mjs');
const ARGS = { name: 'hello', command: process.execPath, args: [SERVER] };

it('an MCP client registers a server and calls its tool; without the gate it hears how that is opened', async () => {
  const workspace = await Workspace.create();
  onTestFinished(() => workspace.dispose());
  const shut = await workspace.daemon();
  const refused = await callMcp(shut.mcp, 'runtime__register_stdio', ARGS);
  expect([refused.result?.isError, answerText(refused)]).toEqual([
    true,
    expect.stringContaining('CLARITY_ENABLE_MCP_PROVISIONING=1'),
  ]);
  await shut.stop();

  const daemon = await workspace.daemon([], { CLARITY_ENABLE_MCP_PROVISIONING: '1' });
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(() => client.close());
  await client.connect(new StreamableHTTPClientTransport(new URL(daemon.mcp)));
  const registered = await client.callTool({ name: 'runtime__register_stdio', arguments: ARGS });
  expect(registered).toMatchObject({
    structuredContent: { service: { lifecycle: 'RUNNING' }, created: true, started: true, introspected: true },
  });
  const manifest = await readFile(workspace.path('services.d/mcp/hello.yaml'), 'utf8');
  expect(manifest).toContain('clarity.runtime/managed-by: mcp');

  // The SDK holds structured results against the outputSchemas that it has listed.
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('hello__slugify');
  const called = await client.callTool({ name: 'hello__slugify', arguments: { text: 'Hello World' } });
  expect(JSON.stringify(called)).toContain('hello-world');
  const app = { project_name: 'shop', module_name: 'Shop' };
  const begun = await client.callTool({ name: 'clarity__bootstrap_app', arguments: app });
  expect(begun).toMatchObject({
    structuredContent: { registered: true, compile: { wasm: expect.stringMatching(/\.wasm$/) } },
  });
  const sum = await client.callTool({ name: 'shop__fn__add', arguments: { a: 2, b: 3 } });
  expect(sum).toMatchObject({ structuredContent: { result: 5 } });
  const removed = await client.callTool({ name: 'runtime__remove_service', arguments: { service_id: 'hello' } });
  expect(removed).toMatchObject({ structuredContent: { removed: true, serviceId: expect.stringMatching(/^svc_/) } });
});
