import type { FastifyInstance, InjectOptions } from 'fastify';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { createApp } from '../../src/api/app.ts';
import { systemTools } from '../../src/gateway/index.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { RouteTable } from '../../src/api/route-table.ts';
import { createSecretAdmin } from '../../src/security/secret-admin.ts';
import { SecretFiles } from '../../src/security/secret-files.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { systemClock } from './clock.ts';
import { Proposals } from '../../src/runtime/proposals/proposals.ts';
import { FakeRuntime, NOW, TEXT } from './fake-runtime.ts';
import { MemoryProposalStore } from './memory-proposal-store.ts';

/** An API over a fake runtime that runs one service, `files`; closed when the test ends. */
export interface TestApi {
  readonly app: FastifyInstance;
  readonly routes: RouteTable;
  readonly runtime: FakeRuntime;
  /** Over `runtime`; closed with the API. */
  readonly proposals: Proposals;
  /** What was logged as an error. */
  readonly faults: unknown[];
  /** A request from this machine; a string is a GET. */
  ask(request: string | InjectOptions): Promise<Answer>;
  /** Listens on a free port, once, and gives the base URL. */
  listen(): Promise<string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly text: string;
  /** The body as JSON. */
  readonly json: any;
}

/** Closed at the end of the test; `sharedApi` gives one to a whole table. */
export async function testApi(over: Partial<ApiDeps> = {}): Promise<TestApi> {
  const api = await build(over);
  onTestFinished(async () => {
    await close(api);
  });
  return api;
}

/** One API for all tests of the describe that calls it; for those that leave nothing behind. */
export function sharedApi(over: Partial<ApiDeps> = {}): () => TestApi {
  let api: TestApi | undefined;
  beforeAll(async () => {
    const built = await build(over);
    api = built;
    return () => close(built);
  });
  return () => api ?? expect.unreachable('the API is built before the tests');
}

async function close({ app, proposals }: TestApi): Promise<void> {
  await app.close();
  await proposals.close();
}

async function build(over: Partial<ApiDeps>): Promise<TestApi> {
  const runtime = new FakeRuntime();
  runtime.add(TEXT);
  const faults: unknown[] = [];
  const clock = { ...systemClock, now: () => NOW };
  const store = new MemoryProposalStore();
  const proposals = new Proposals({
    clock,
    runtime,
    store,
    events: runtime,
    logger: { warn: (message) => faults.push(message) },
  });
  const { app, routes } = await createApp({
    runtime,
    proposals,
    clock,
    doors: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [] },
    daemon: { version: '0.1.0', pid: 99, startedAtMs: NOW - 5000, workspace: '/w' },
    clientFiles: () => expect.unreachable('no test writes into a home that it did not make'),
    logger: { error: (_message, fields) => faults.push(fields?.error) },
    hookSecretOf: () => undefined,
    secrets: noSecrets,
    provisioning: false,
    auditLifecycle: true,
    metrics: {
      scrape: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'up 1\n' }),
    },
    systemTools: systemTools(),
    ...over,
  });
  return {
    app,
    routes,
    runtime,
    proposals,
    faults,
    ask: (request) => ask(app, request),
    listen: async () => {
      if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
    },
  };
}

/** No secret there, and none is taken. */
export const noSecrets = createSecretAdmin({
  files: new SecretFiles('/nowhere/secrets'),
  resolver: createSecretResolver({ env: {}, secretsRoot: '/nowhere/secrets', learn: () => undefined }),
  named: () => [],
  mayAskAll: false,
  onChange: () => undefined,
});

async function ask(app: FastifyInstance, request: string | InjectOptions): Promise<Answer> {
  const options = typeof request === 'string' ? { url: request } : request;
  const { statusCode, headers, payload } = await app.inject({
    ...options,
    headers: { host: 'localhost', ...options.headers },
  });
  const isJson = String(headers['content-type']).startsWith('application/json');
  return {
    status: statusCode,
    headers,
    text: payload,
    json: isJson && payload !== '' ? JSON.parse(payload) : undefined,
  };
}

/** One connection of bytes: what was written is up to the test, what came back stands in `text`. */
export class RawSocket {
  readonly socket: Socket;
  text = '';
  closed = false;

  constructor(url: string) {
    this.socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.socket.setEncoding('utf8');
    this.socket.on('data', (chunk: string) => (this.text += chunk));
    this.socket.on('close', () => (this.closed = true));
    // A test looks at what came back; that the other side hung up is what some of them want.
    this.socket.on('error', () => (this.closed = true));
    onTestFinished(() => void this.socket.destroy());
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(this.text)?.[1] ?? 0);
  }
}
