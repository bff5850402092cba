import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { introspect } from '../../src/controller/introspect.ts';
import type { Channel } from '../../src/drivers/channel.ts';
import { Session } from '../../src/drivers/session.ts';
import { Connections } from '../../src/drivers/connections.ts';
import { Gate } from '../../src/drivers/gate.ts';
import { NOBODY } from '../../src/drivers/represented.ts';
import type { InterfaceSnapshot, Upstream } from '../../src/reconcile/ports.ts';
import { systemClock } from './clock.ts';

/** A real MCP server behind our own peer, as a driver would connect it. */
export interface RealUpstream {
  readonly upstream: Upstream;
  introspect(): Promise<InterfaceSnapshot>;
  close(): Promise<void>;
}

/** server-everything as a child over stdio. */
export function everythingUpstream(identity: string): Promise<RealUpstream> {
  const args = ['node_modules/@modelcontextprotocol/server-everything/dist/index.js', 'stdio'];
  return connectUpstream(identity, new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
}

/** A server of the SDK in this process. */
export async function serverUpstream(identity: string, server: McpServer): Promise<RealUpstream> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  return connectUpstream(identity, near);
}

async function connectUpstream(identity: string, transport: Transport): Promise<RealUpstream> {
  const channel: Channel = {
    listen: (listener) => {
      transport.onmessage = (message) => listener.message(message);
      transport.onclose = () => listener.closed('the server has closed');
    },
    send: (message) => transport.send(message as JSONRPCMessage),
  };
  const gate = new Gate(systemClock, 64, 64);
  const log = () => undefined;
  const session = new Session(channel, { clock: systemClock, gate, represented: NOBODY, log });
  await transport.start();
  const hello = await session.request(
    'initialize',
    { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } },
    { timeoutMs: 20_000 },
  );
  await session.notify('notifications/initialized');
  const ref = { identity, runHash: 'test', id: identity };
  const main = { session, server: hello as unknown as Upstream['server'], close: () => transport.close() };
  const open = () => Promise.reject(new Error('there is one connection only'));
  const upstream = new Connections({ ref, clock: systemClock, main, open, gate, log });
  return {
    upstream,
    introspect: () => introspect(upstream, systemClock, 20_000, AbortSignal.timeout(20_000)),
    close: () => transport.close(),
  };
}
