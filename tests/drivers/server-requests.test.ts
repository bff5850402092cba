import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, Upstream } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
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
});
