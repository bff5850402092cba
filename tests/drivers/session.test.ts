import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { actContext, desiredOf, driverRig, faulty, toolJson } from '../helpers/driver-rig.ts';

const rig = driverRig();
let upstream: Upstream;
beforeAll(async () => {
  const driver = rig.driver('local_stdio');
  upstream = driver.connect(await driver.start(desiredOf(faulty('')), actContext()))!;
});
afterAll(() => rig.close());

const call = (name: string, params: JsonObject = {}, options: Partial<Parameters<Upstream['request']>[2]> = {}) =>
  upstream.request('tools/call', { name, arguments: {}, ...params }, { timeoutMs: 5000, ...options });
const seen = async () => toolJson(await call('seen')) as { id?: unknown; method?: string; params?: any; error?: any }[];

describe('a request', () => {
  it('gets every progress notification before its result, under a token of ours', async () => {
    const order: unknown[] = [];
    const params = { _meta: { progressToken: 'theirs', traceparent: '00-1' } };
    const result = await call('progress', params, { onProgress: ({ progress }) => order.push(progress) });
    order.push('result');
    expect(order).toEqual([1, 2, 3, 'result']);
    expect(toolJson(result)).toEqual({ traceparent: '00-1', progressToken: expect.any(Number) });
  });

  it('does not pass a caller’s token on where nobody listens', async () => {
    await upstream.request('tools/list', { _meta: { progressToken: 'theirs', other: 1 } }, { timeoutMs: 5000 });
    const list = (await seen()).find(({ method }) => method === 'tools/list');
    expect(list?.params).toEqual({ _meta: { other: 1 } });
  });

  it('that is refused rejects with the server’s code, message and data', async () => {
    await expect(call('refuse')).rejects.toMatchObject({
      name: 'RpcError',
      code: -32042,
      message: 'sign in',
      data: { url: 'x', odd: null },
    });
  });

  it.each([
    ['an error without a message', { error: { code: -32050, data: { why: 1 } } }, -32050, { why: 1 }],
    ['an error whose code is a word', { error: { code: 'EFOO', message: 'no' } }, -32603, undefined],
    ['an error that is null', { error: null }, -32603, undefined],
    ['a result that is a list', { result: [1] }, -32603, undefined],
    ['a result that is text', { result: 'done' }, -32603, undefined],
    ['neither result nor error', {}, -32603, undefined],
  ])('that is answered with %s rejects at once', async (_what, answer, code, data) => {
    const answered = call('misanswer', { arguments: answer }, { timeoutMs: 60_000 });
    await expect(answered).rejects.toMatchObject({ name: 'RpcError', code, message: expect.stringMatching(/./), data });
  });

  it('that is not answered in time rejects and is cancelled with our id and the reason', async () => {
    const hang = call('hang', {}, { timeoutMs: 50 });
    await expect(hang).rejects.toMatchObject({ code: -32001, data: { sent: true } });
    const messages = await seen();
    const { id } = messages.findLast(({ params }) => params?.name === 'hang')!;
    const cancelled = messages.findLast(({ method }) => method === 'notifications/cancelled')!;
    expect(cancelled.params).toEqual({ requestId: id, reason: expect.stringContaining('50 ms') });
  });

  it('that its caller gives up is cancelled, and others live on', async () => {
    const abort = new AbortController();
    const hang = call('hang', {}, { signal: abort.signal });
    const other = call('steps', { arguments: { count: 1, everyMs: 30 } });
    await call('echo'); // by now the others have been sent
    abort.abort(new Error('bored'));
    await expect(hang).rejects.toMatchObject({ code: -32001, cause: expect.objectContaining({ message: 'bored' }) });
    expect(toolJson(await other)).toBe(1);
    const messages = await seen();
    const { id } = messages.findLast(({ params }) => params?.name === 'hang')!;
    expect(messages.some(({ method, params }) => method === 'notifications/cancelled' && params.requestId === id)).toBe(
      true,
    );
  });

  it('that was given up before it began is never sent', async () => {
    const before = (await seen()).length;
    const abort = new AbortController();
    const early = call('hang', {}, { signal: AbortSignal.abort() });
    const soon = call('hang', {}, { signal: abort.signal });
    abort.abort();
    for (const unsent of [early, soon]) await expect(unsent).rejects.toMatchObject({ data: { sent: false } });
    expect((await seen()).length).toBe(before + 1);
  });

  it('lives as long as progress comes, but not beyond its total', async () => {
    const slow = { arguments: { count: 8, everyMs: 100 } };
    expect(toolJson(await call('steps', slow, { timeoutMs: 600 }))).toBe(8);
    const capped = call('steps', slow, { timeoutMs: 600, maxTotalMs: 300 });
    await expect(capped).rejects.toMatchObject({ code: -32001, message: expect.stringContaining('300 ms') });
  });
});

describe('a server', () => {
  it('has its pings answered and everything else refused; its notifications arrive', async () => {
    const heard: string[] = [];
    const unsubscribe = upstream.onNotification((method) => heard.push(method));
    await call('ask');
    await expect
      .poll(async () => (await seen()).filter(({ method }) => method === undefined))
      .toEqual([
        { jsonrpc: '2.0', id: 'a', result: {} },
        { jsonrpc: '2.0', id: 0, error: { code: -32601, message: expect.stringContaining('sampling/createMessage') } },
      ]);
    expect(heard).toEqual(['notifications/tools/list_changed']);
    unsubscribe();
    await call('ask');
    expect(heard).toHaveLength(1);
  });
});
