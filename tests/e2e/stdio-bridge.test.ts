import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Workspace } from '../helpers/daemon.ts';
import { resolvable } from '../../src/shared/resolvable.ts';

const CTL = join(resolve(import.meta.dirname, '../..'), 'bin/clarityctl.js');
const SERVICE = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: add, sourceFile: add.clarity }
spec:
  origin: { type: local_wasm, capabilities: {} }
`;

it('a stdio client goes on through its bridge when the daemon restarts', async () => {
  const workspace = await Workspace.create({
    'add.clarity': 'module Add\n\nfunction add(a: Int64, b: Int64) -> Int64 { a + b }\n',
    'services.d/add.yaml': SERVICE,
  });
  onTestFinished(() => workspace.dispose());
  const first = await workspace.daemon();
  await first.ctl('wait', 'add', '--for=ready');
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CTL, '--daemon-url', first.url, 'gateway', 'serve', '--stdio'],
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '0' });
  onTestFinished(() => client.close());
  await client.connect(transport);
  const call = () => client.callTool({ name: 'add__fn__add', arguments: { a: 2, b: 3 } });
  expect(await call()).toMatchObject({ structuredContent: { result: 5 } });

  const changed = resolvable();
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => changed.resolve());
  await first.stop('SIGKILL');
  const meanwhile = client.listTools();
  const second = await workspace.daemon(['--port', new URL(first.url).port]);
  expect(second.url).toBe(first.url);
  await meanwhile;
  await changed.promise;
  await second.ctl('wait', 'add', '--for=ready');
  expect(await call()).toMatchObject({ structuredContent: { result: 5 } });
});
