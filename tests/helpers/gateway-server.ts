import { createParser, type EventSourceMessage } from 'eventsource-parser';
import Fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { BuiltinDeps } from '../../src/gateway/builtin/tool.ts';
import { createGateway, type Gateway, type GatewayLimits } from '../../src/gateway/index.ts';
import type { GatewayView } from '../../src/reconcile/ports.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from './clock.ts';

const BOTH = 'application/json, text/event-stream';

/** A gateway on a real socket for one test; whoever sends `x-principal` is that principal. */
export class GatewayServer {
  readonly gateway: Gateway;
  readonly app: FastifyInstance;
  readonly faults: unknown[] = [];
  origin = '';

  private constructor(view: GatewayView, clock: Clock, limits: Partial<GatewayLimits>, builtins?: BuiltinDeps) {
    this.gateway = createGateway({
      view,
      clock,
      // A call that hangs is of no interest when its test is over.
      limits: { drainMs: 0, ...limits },
      ...(builtins && { builtins }),
      version: '1.2.3',
      principal: (request) => String(request.headers['x-principal'] ?? 'local'),
      onFault: (error) => this.faults.push(error),
    });
    // A connection that never sent a request counts as busy in node: without force it would keep close() waiting.
    this.app = Fastify({ forceCloseConnections: true });
    this.gateway.register(this.app);
  }

  static async start(
    view: GatewayView,
    {
      clock = systemClock,
      builtins,
      ...limits
    }: Partial<GatewayLimits> & { clock?: Clock; builtins?: BuiltinDeps } = {},
  ): Promise<GatewayServer> {
    const server = new GatewayServer(view, clock, limits, builtins);
    server.origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.app.close());
    return server;
  }

  /** POSTs a value as JSON, or a body as it is. */
  post(body: unknown, headers: Record<string, string> = {}, path = '/mcp'): Promise<Response> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    return fetch(this.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: BOTH, ...headers },
      body: raw ? (body as string) : JSON.stringify(body),
    });
  }

  /** A stateless request; the parsed JSON body. */
  async call(method: string, params: object = {}, headers: Record<string, string> = {}, path?: string): Promise<any> {
    const response = await this.post({ jsonrpc: '2.0', id: 1, method, params }, headers, path);
    return response.json();
  }

  /** Opens a session; the headers for its requests. */
  async initialize(
    version = '2025-11-25',
    headers: Record<string, string> = {},
    path?: string,
    capabilities: object = {},
  ): Promise<Record<string, string>> {
    const params = { protocolVersion: version, capabilities, clientInfo: { name: 'test', version: '0' } };
    const response = await this.post({ jsonrpc: '2.0', id: 0, method: 'initialize', params }, headers, path);
    return { ...headers, 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
  }

  /** Opens the standalone stream of a session; its messages gather in `received`. */
  async listen(headers: Record<string, string>, path = '/mcp'): Promise<{ received: any[]; ended: Promise<void> }> {
    const response = await fetch(this.origin + path, { headers: { ...headers, accept: 'text/event-stream' } });
    const received: any[] = [];
    return { received, ended: readEvents(response, (message) => received.push(message)) };
  }
}

/** Every message of a Server-Sent Events answer, in order. */
export async function eventsOf(response: Response): Promise<any[]> {
  const messages: any[] = [];
  await readEvents(response, (message) => messages.push(message));
  return messages;
}

/** Hands on each message of such an answer as it comes. */
export async function readEvents(response: Response, onMessage: (message: any) => void): Promise<void> {
  await readFrames(response, ({ data }) => {
    // The event that opens a stream is empty.
    if (data !== '') onMessage(JSON.parse(data));
  });
}

/** Every event of such an answer with its id, as it comes. */
export async function readFrames(response: Response, onFrame: (frame: EventSourceMessage) => void): Promise<void> {
  const parser = createParser({ onEvent: onFrame });
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }));
}
