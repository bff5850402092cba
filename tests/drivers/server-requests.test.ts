import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, Upstream } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { resolvable } from '../../src/shared/resolvable.ts';
import { ASKING_SERVER, askingServer } from '../helpers/asking-server.ts';
import { actContext, desiredOf, driverRig, remoteOrigin, stdioOrigin, toolJson } from '../helpers/driver-rig.ts';
import { TestClient } from '../helpers/test-client.ts';

const rig = driverRig();
let http: Awaited<ReturnType<typeof askingServer>>;
beforeAll(async () => {
  http = await askingServer();
});
afterAll(async () => {
  await rig.close();
  await http.close();
});

const CAPABILITIES = {
  elicitation: { form: {}, url: {} },
  roots: { listChanged: true },
  sampling: { tools: {} },
};
const TRANSPORTS: Record<string, () => Desired> = {
  stdio: () => desiredOf(stdioOrigin(process.execPath, [ASKING_SERVER])),
  'streamable http': () => desiredOf(remoteOrigin(http.mcp)),
  'http+sse': () => desiredOf(remoteOrigin(http.sse, { transport: 'sse_http' })),
};
const QUESTIONS: Record<string, [string, JsonObject]> = {
  sampling: ['sampling/createMessage', { messages: [], maxTokens: 5, tools: [], _meta: { keep: 1 } }],
  'elicitation by form': ['elicitation/create', { message: 'name?', requestedSchema: { type: 'object' } }],
  'elicitation by url': [
    'elicitation/create',
    { mode: 'url', url: 'https://x.example/', elicitationId: 'e', message: 'go' },
  ],
  roots: ['roots/list', {}],
};

describe.each(Object.entries(TRANSPORTS))('over %s', (_name, make) => {
  let upstream: Upstream;
  beforeAll(async () => {
    const desired = make();
    const driver = rig.driver(desired.manifest.spec.origin.type);
    const ref = await driver.start(desired, actContext());
    upstream = driver.connect(ref)!;
    return () => driver.stop(ref, { ...actContext(), graceMs: 0 });
  });
  const call = async (client: TestClient, name: string, args: JsonObject = {}, more: JsonObject = {}) =>
    toolJson(
      await upstream.request(
        'tools/call',
        { name, arguments: args, ...more },
        { timeoutMs: 5000, caller: client.caller() },
      ),
    );

  it.each(Object.entries(QUESTIONS))(
    '%s during a call reaches its caller, and the answer the server',
    async (_what, question) => {
      const [method, params] = question;
      const client = new TestClient('a', CAPABILITIES, () => Promise.resolve({ model: 'm', _meta: { own: 1 } }));
      expect(await call(client, 'ask', { method, params })).toEqual({ result: { model: 'm', _meta: { own: 1 } } });
      expect(client.asked).toEqual([[method, params]]);
    },
  );

  it('clients with tokens and questions alike hear only what is theirs', async () => {
    const clients = ['a', 'b'].map((id) => new TestClient(id, CAPABILITIES));
    const ask = (client: TestClient) =>
      call(client, 'ask', { method: 'roots/list', params: {} }, { _meta: { progressToken: 0 } });
    const [a, b] = clients;
    // One after the other at first: over a pipe nobody can tell two from one another before it is known that the server asks.
    await ask(a!);
    const answers = await Promise.all([ask(a!), ask(b!), ask(a!), ask(b!)]);
    expect(answers).toEqual(['a', 'b', 'a', 'b'].map((of) => ({ result: { of } })));
  });

  it('an error of the client comes to the server as it is', async () => {
    const refusal = new RpcError(-1, 'no, thanks', { by: 'person' });
    const client = new TestClient('a', CAPABILITIES, () => Promise.reject(refusal));
    const answer = await call(client, 'ask', { method: 'roots/list' });
    expect(answer.error).toEqual({ code: -1, message: expect.stringContaining('no, thanks'), data: { by: 'person' } });
  });

  it.each([
    ['what was not declared', new TestClient('x', { roots: {} }), 'sampling/createMessage'],
    ['what does not exist', new TestClient('x', CAPABILITIES), 'secrets/list'],
    ['anything, of a client that declared nothing,', new TestClient('x'), 'roots/list'],
  ])('%s is refused and asks nobody', async (_what, client, method) => {
    expect(await call(client, 'ask', { method, params: {} })).toMatchObject({ error: { code: RPC.methodNotFound } });
    expect(client.asked).toEqual([]);
  });

  it('a call that ends takes its question with it', async () => {
    const asked = resolvable();
    const withdrawn = resolvable();
    const client = new TestClient('a', CAPABILITIES, (_method, _params, signal) => {
      signal.addEventListener('abort', withdrawn.resolve);
      asked.resolve();
      return new Promise(() => undefined);
    });
    const abort = new AbortController();
    const params = { name: 'ask', arguments: { method: 'roots/list' } };
    const options = { timeoutMs: 60_000, signal: abort.signal, caller: client.caller() };
    const lost = expect(upstream.request('tools/call', params, options)).rejects.toMatchObject({ code: RPC.timeout });
    await asked.promise;
    abort.abort();
    await Promise.all([lost, withdrawn.promise]);
  });

  it('a message during a call is told to its caller, and to nobody else', async () => {
    const heard: string[] = [];
    const unsubscribe = upstream.onNotification((method) => heard.push(method));
    const [a, b] = [new TestClient('a'), new TestClient('b')];
    await call(b, 'who');
    const params = { level: 'info', data: 'for a' };
    await call(a, 'tell', { method: 'notifications/message', params });
    expect([a.told, b.told, heard]).toEqual([[['notifications/message', params]], [], []]);
    unsubscribe();
  });

  it('that a page was visited is told to whom it was shown, also long after', async () => {
    const [a, b] = ['one', 'two'].map((id) => new TestClient(id, { elicitation: { url: {} } })) as [
      TestClient,
      TestClient,
    ];
    await expect(call(a, 'require', { elicitationId: 'of a' })).rejects.toMatchObject({ code: -32042 });
    const method = 'notifications/elicitation/complete';
    for (const elicitationId of ['of a', 'of nobody']) await call(b, 'tell', { method, params: { elicitationId } });
    expect(a.told).toEqual([[method, { elicitationId: 'of a' }]]);
  });

  it('the level of the log is that of all connections, also of later ones', async () => {
    const before = new TestClient('before', { sampling: {} });
    await call(before, 'who');
    await upstream.request('logging/setLevel', { level: 'debug' }, { timeoutMs: 5000 });
    const after = new TestClient('after', { roots: {} });
    for (const client of [before, after])
      expect(await call(client, 'who')).toMatchObject({
        capabilities: client.capabilities,
        heard: expect.arrayContaining([['logging/setLevel', 'debug']]),
      });
  });
});
