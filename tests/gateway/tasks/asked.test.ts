import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet } from '../../helpers/served-fleet.ts';
import { JOBS, RELATED, TaskService } from '../../helpers/task-service.ts';

const signal = new AbortController().signal;
const related = (taskId: string) => ({ _meta: { [RELATED]: { taskId } } });
const status = (taskId: string, more = {}) => ({ taskId, status: 'working', ...more });

async function serving() {
  const fleet = new ServedFleet();
  const service = new TaskService('a');
  fleet.serve('a', JOBS, {}, service.upstream);
  const server = await GatewayServer.start(fleet);
  const client = async (principal: string) => {
    const headers = await server.initialize('2025-11-25', { 'x-principal': principal }, '/mcp', { elicitation: {} });
    const { received } = await server.listen(headers);
    const start = async () =>
      (await server.call('tools/call', { name: 'a__job', arguments: {}, task: {} }, headers)).result.task.taskId;
    const answer = (id: number, result: object) => server.post({ jsonrpc: '2.0', id, result }, headers);
    return { headers, received, start, answer };
  };
  return { fleet, service, server, client };
}

describe('what a service says of a task', () => {
  it('is told to the client that made it, wherever it was said', async () => {
    const { fleet, service, server, client } = await serving();
    const [ann, bob] = [await client('ann'), await client('bob')];
    const id = await ann.start();
    fleet.told('a', 'notifications/tasks/status', status('1', { ...related('1'), statusMessage: 'half' }));
    fleet.told('a', 'notifications/tasks/status', status('nobody’s'));
    // On a shared connection it may come while only another client's call runs.
    const idOfBob = await bob.start();
    service.result = async (_id, { caller }) => {
      caller?.tell('notifications/tasks/status', status('1', { status: 'completed' }));
      return { content: [] };
    };
    await server.call('tasks/result', { taskId: idOfBob }, bob.headers);
    await expect
      .poll(() => ann.received.map(({ params }) => params))
      .toEqual([status(id, { ...related(id), statusMessage: 'half' }), { taskId: id, status: 'completed' }]);
    expect(bob.received).toEqual([]);
  });

  it('is asked of whoever waits for it, under the ids of each side', async () => {
    const { service, server, client } = await serving();
    const ann = await client('ann');
    const taskId = await ann.start();
    let answered: unknown;
    service.result = async (id, { caller }) => {
      answered = await caller!.ask('elicitation/create', { message: 'who?', ...related(id) }, signal);
      return { content: [], ...related(id) };
    };
    const body = { jsonrpc: '2.0', id: 9, method: 'tasks/result', params: { taskId } };
    const stream = await server.post(body, ann.headers);
    const text = stream.text();
    await expect.poll(() => service.said.length).toBe(2);
    await ann.answer(1, { action: 'accept', content: {}, ...related(taskId) });
    const messages = [...(await text).matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!));
    expect(messages).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'elicitation/create', params: { message: '[a] who?', ...related(taskId) } },
      { jsonrpc: '2.0', id: 9, result: { content: [], ...related(taskId) } },
    ]);
    expect(answered).toEqual({ action: 'accept', content: {}, ...related('1') });
  });

  it('is never asked of another principal', async () => {
    const { service, server, client } = await serving();
    const [ann, bob] = [await client('ann'), await client('bob')];
    const taskId = await ann.start();
    const idOfBob = await bob.start();
    service.result = async (_id, { caller }) => {
      await caller!.ask('elicitation/create', { message: 'who?', ...related('1') }, signal);
      return { content: [] };
    };
    const waiting = server.call('tasks/result', { taskId: idOfBob }, bob.headers);
    await expect.poll(() => ann.received).toHaveLength(1);
    expect(ann.received[0].params).toEqual({ message: '[a] who?', ...related(taskId) });
    await ann.answer(ann.received[0].id, { action: 'decline' });
    expect((await waiting).result).toEqual({ content: [] });
    expect(bob.received).toEqual([]);
  });

  it('reaches the connection of its maker, whoever of the same principal asks', async () => {
    const { service, server, client } = await serving();
    const [ann, other] = [await client('ann'), await client('ann')];
    const taskId = await ann.start();
    await server.call('tasks/get', { taskId }, other.headers);
    await server.call('tasks/get', { taskId }, { 'x-principal': 'ann' });
    const clients = service.said.map(({ options }) => options.caller?.client.id);
    expect(new Set(clients).size).toBe(1);
    expect(clients[0]).toBeDefined();
  });
});
