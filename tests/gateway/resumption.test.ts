import type { EventSourceMessage as Frame } from 'eventsource-parser';
import { describe, expect, it } from 'vitest';
import { type GatewayServer, readFrames } from '../helpers/gateway-server.ts';
import { toldCall, toldGateway } from '../helpers/told-calls.ts';

/** Reads a stream until it ends or is left; `frames` fills as they come. */
function reading(response: Response): { frames: Frame[]; ended: Promise<void> } {
  const frames: Frame[] = [];
  return { frames, ended: readFrames(response, (frame) => frames.push(frame)).catch(() => undefined) };
}

/** Begins a call and leaves its stream after the first `progress`; the id of that event. */
async function leftAfterFirst({ server, calls }: Awaited<ReturnType<typeof toldGateway>>, id: string, session: object) {
  const leave = new AbortController();
  const init = { method: 'POST', body: JSON.stringify(toldCall(id)), signal: leave.signal };
  const accept = 'application/json, text/event-stream';
  const headers = { 'content-type': 'application/json', accept, ...session };
  const pending = fetch(`${server.origin}/mcp`, { ...init, headers });
  await expect.poll(() => calls.has(id)).toBe(true);
  calls.get(id)!.progress(1);
  const { frames, ended } = reading(await pending);
  await expect.poll(() => frames.some(({ data }) => data !== '')).toBe(true);
  const before = server.gateway.stats().streams;
  leave.abort();
  await ended;
  await expect.poll(() => server.gateway.stats().streams).toBe(before - 1);
  return frames.at(-1)!.id!;
}

const resume = (server: GatewayServer, session: object, lastEventId: string) =>
  fetch(`${server.origin}/mcp`, {
    headers: { ...session, accept: 'text/event-stream', 'last-event-id': lastEventId },
  });

const messagesOf = (frames: readonly Frame[]) =>
  frames.filter(({ data }) => data !== '').map(({ data }) => JSON.parse(data));
const progress = (progressToken: string, progress: number) => ({ params: { progressToken, progress } });

describe('a stream that broke off', () => {
  it('goes on after the last event, also while its call is running, and hears nothing of other streams', async () => {
    const told = await toldGateway();
    const session = await told.server.initialize();
    const [a, b] = [await leftAfterFirst(told, 'a', session), await leftAfterFirst(told, 'b', session)];
    for (const at of [2, 3]) for (const id of ['a', 'b']) told.calls.get(id)!.progress(at);
    const { frames, ended } = reading(await resume(told.server, session, a));
    await expect.poll(() => messagesOf(frames)).toMatchObject([progress('a', 2), progress('a', 3)]);
    told.calls.get('a')!.progress(4);
    told.calls.get('a')!.answer({ content: [] });
    await ended;
    expect(messagesOf(frames).slice(2)).toMatchObject([progress('a', 4), { id: 'a', result: { content: [] } }]);
    told.calls.get('b')!.answer({ content: [] });
    await expect.poll(() => told.server.gateway.stats().inFlight).toBe(0);
    const rest = reading(await resume(told.server, session, b));
    await rest.ended;
    expect(messagesOf(rest.frames)).toMatchObject([progress('b', 2), progress('b', 3), { id: 'b' }]);
  });

  it('gives each event an id of its own, also the one that opens it each time', async () => {
    const told = await toldGateway();
    const session = await told.server.initialize();
    const first = await leftAfterFirst(told, 'a', session);
    const again = reading(await resume(told.server, session, first));
    await expect.poll(() => again.frames).toHaveLength(1);
    told.calls.get('a')!.progress(2);
    const third = reading(await resume(told.server, session, again.frames[0]!.id!));
    await again.ended;
    told.calls.get('a')!.answer({});
    await third.ended;
    expect(messagesOf(third.frames)).toMatchObject([progress('a', 2), { id: 'a' }]);
    const openings = [...again.frames, ...third.frames].filter(({ data }) => data === '').map(({ id }) => id);
    const messages = third.frames.filter(({ data }) => data !== '').map(({ id }) => id);
    expect(openings).toHaveLength(2);
    expect(new Set([first, ...openings, ...messages]).size).toBe(5);
  });

  it('that has said everything is 204; an id of nobody is 400; another principal and a dead session are 404', async () => {
    const told = await toldGateway();
    const session = await told.server.initialize();
    const first = await leftAfterFirst(told, 'a', session);
    told.calls.get('a')!.answer({});
    const { frames, ended } = reading(await resume(told.server, session, first));
    await ended;
    expect((await resume(told.server, session, frames.at(-1)!.id!)).status).toBe(204);
    for (const id of ['9-1', '1-99', 'x', '1-1-1-1', '-1-1']) {
      const refused = await resume(told.server, session, id);
      expect([id, refused.status, await refused.json()]).toMatchObject([id, 400, { error: { code: -32600 } }]);
    }
    expect((await resume(told.server, { ...session, 'x-principal': 'mallory' }, first)).status).toBe(404);
    const other = await told.server.initialize();
    expect((await resume(told.server, other, first)).status).toBe(400);
    await fetch(`${told.server.origin}/mcp`, { method: 'DELETE', headers: session });
    expect((await resume(told.server, session, first)).status).toBe(404);
  });

  it('of a call that was cancelled has nothing more to say', async () => {
    const told = await toldGateway();
    const session = await told.server.initialize();
    const first = await leftAfterFirst(told, 'a', session);
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'a' } };
    await told.server.post(cancelled, session);
    told.calls.get('a')!.answer({});
    await expect.poll(() => told.server.gateway.stats().inFlight).toBe(0);
    expect((await resume(told.server, session, first)).status).toBe(204);
  });

  it('is the standing one: it tells what came meanwhile, and takes the place of a connection that is dead', async () => {
    const { server, fleet } = await toldGateway({ listChangedMs: 1 });
    const session = await server.initialize();
    const change = () => fleet.changed({ identity: 's', tools: true, resources: false, prompts: false });
    const first = reading(
      await fetch(`${server.origin}/mcp`, { headers: { ...session, accept: 'text/event-stream' } }),
    );
    await expect.poll(() => first.frames).toHaveLength(1);
    const second = reading(await resume(server, session, first.frames[0]!.id!));
    await first.ended;
    change();
    await expect.poll(() => messagesOf(second.frames)).toHaveLength(1);
    const third = reading(await resume(server, session, first.frames[0]!.id!));
    await expect.poll(() => messagesOf(third.frames)).toEqual(messagesOf(second.frames));
    change();
    await expect.poll(() => messagesOf(third.frames)).toHaveLength(2);
    expect(messagesOf(second.frames)).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('opens with an empty event and the time to wait in sessions of 2025-11-25 only; older clients take it for a message', async () => {
    const { server, calls } = await toldGateway();
    for (const [version, opening] of [
      ['2025-11-25', /^id: \d+-0-\d+\nretry: 1000\ndata: \n\nevent: message\nid: 1-1\ndata: /],
      ['2025-06-18', /^: open\n\nevent: message\nid: 1-1\ndata: /],
      ['2025-03-26', /^: open\n\nevent: message\nid: 1-1\ndata: /],
    ] as const) {
      const pending = server.post(toldCall(version), await server.initialize(version));
      await expect.poll(() => calls.has(version)).toBe(true);
      calls.get(version)!.progress(1);
      calls.get(version)!.answer({});
      expect(await (await pending).text()).toMatch(opening);
    }
  });

  it('without a session carries no ids', async () => {
    const { server, calls } = await toldGateway();
    const pending = server.post(toldCall(0));
    await expect.poll(() => calls.has(0)).toBe(true);
    calls.get(0)!.progress(1);
    calls.get(0)!.answer({});
    expect(await (await pending).text()).toMatch(
      /^: open\n\nevent: message\ndata: .*\n\nevent: message\ndata: .*\n\n$/,
    );
  });

  it('beyond the number that a session may have is 429', async () => {
    const told = await toldGateway({ streamsPerSession: 1 });
    const session = await told.server.initialize();
    const first = await leftAfterFirst(told, 'a', session);
    await told.server.listen(session);
    for (const refused of [await resume(told.server, session, first), await told.server.post(toldCall('b'), session)])
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await told.server.post({ jsonrpc: '2.0', method: 'notifications/x' }, session)).status).toBe(202);
  });
});
