import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Seen {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  /** The JSON-RPC message of a POST. */
  readonly message: any;
}

/** Answers one request by hand; false = as the well-behaved server would. */
export type Fault = (seen: Seen, response: ServerResponse) => boolean | Promise<boolean>;

/** A small Streamable HTTP server on a free port, well-behaved but for `fault`; gone with the test. */
export async function fakeRemote(
  fault: Fault = () => false,
): Promise<{ endpoint: string; origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const entry: Seen = {
        method: request.method ?? '',
        headers: request.headers,
        message: text === '' ? undefined : JSON.parse(text),
      };
      seen.push(entry);
      if (!(await fault(entry, response))) behave(entry, response);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint: `${origin}/mcp`, origin, seen };
}

export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): true {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  return true;
}

export function sse(response: ServerResponse, ...messages: unknown[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const message of messages) response.write(`data: ${JSON.stringify(message)}\n\n`);
}

export function initializeResult(id: unknown): unknown {
  const serverInfo = { name: 'fake', version: '1' };
  return { jsonrpc: '2.0', id, result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } };
}

function behave({ method, message }: Seen, response: ServerResponse): void {
  if (method !== 'POST') response.writeHead(405).end();
  else if (message.id === undefined) response.writeHead(202).end();
  else if (message.method === 'initialize')
    json(response, initializeResult(message.id), 200, { 'mcp-session-id': 's-1' });
  else json(response, { jsonrpc: '2.0', id: message.id, result: { method: message.method } });
}
