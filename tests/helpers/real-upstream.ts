import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { introspect } from '../../src/controller/introspect.ts';
import type { Channel } from '../../src/drivers/channel.ts';
import { Session } from '../../src/drivers/session.ts';
import { upstreamOf } from '../../src/drivers/upstream.ts';
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
  const session = new Session(channel, {
    clock: systemClock,
    maxConcurrency: 64,
    queueLimit: 64,
    log: () => undefined,
  });
  await transport.start();
  const hello = await session.request(
    'initialize',
    { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } },
    { timeoutMs: 20_000 },
  );
  await session.notify('notifications/initialized');
  const ref = { identity, runHash: 'test', id: identity };
  const upstream = upstreamOf(ref, hello as unknown as Upstream['server'], session);
  return {
    upstream,
    introspect: () => introspect(upstream, systemClock, 20_000, AbortSignal.timeout(20_000)),
    close: () => transport.close(),
  };
}
