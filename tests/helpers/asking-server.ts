import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { askingServer as makeServer } from '../fixtures/servers/asking.mjs';

/** To be run with node: the asking server over stdio. */
export const ASKING_SERVER = fileURLToPath(new URL('../fixtures/servers/asking.mjs', import.meta.url));

/** The asking server over HTTP on a free port: /mcp, or the old transport at /sse. A server of its own for each session. */
export async function askingServer(): Promise<{ mcp: string; sse: string; sessions: number; close(): Promise<void> }> {
  const streamable = new Map<string, StreamableHTTPServerTransport>();
  const legacy = new Map<string, SSEServerTransport>();

  const serveMcp = async (request: IncomingMessage, response: ServerResponse) => {
    const known = streamable.get(String(request.headers['mcp-session-id']));
    if (known !== undefined) return known.handleRequest(request, response);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void streamable.set(id, transport),
      onsessionclosed: (id) => void streamable.delete(id),
    });
    await makeServer().connect(transport);
    return transport.handleRequest(request, response);
  };
  const serveSse = async (response: ServerResponse) => {
    const transport = new SSEServerTransport('/messages', response);
    legacy.set(transport.sessionId, transport);
    response.on('close', () => legacy.delete(transport.sessionId));
    await makeServer().connect(transport);
  };

  const http = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/mcp') void serveMcp(request, response);
    else if (url.pathname === '/sse') void serveSse(response);
    else void legacy.get(url.searchParams.get('sessionId') ?? '')?.handlePostMessage(request, response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    mcp: `${origin}/mcp`,
    sse: `${origin}/sse`,
    get sessions() {
      return streamable.size + legacy.size;
    },
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}
