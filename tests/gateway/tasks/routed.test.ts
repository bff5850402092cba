import { describe, expect, it } from 'vitest';
import { RPC } from '../../../src/shared/json-rpc.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { everythingUpstream } from '../../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';
import { JOBS, RELATED, TaskService } from '../../helpers/task-service.ts';

const UUID = /^[0-9a-f-]{36}$/;

async function twoServices(limits = {}) {
  const fleet = new ServedFleet();
  const [a, b] = [new TaskService('a'), new TaskService('b')];
  fleet.serve('a', JOBS, {}, a.upstream);
  fleet.serve('b', JOBS, {}, b.upstream);
  const server = await GatewayServer.start(fleet, limits);
  const start = async (service: string, headers = {}, path?: string) =>
    server.call(
      'tools/call',
      { name: path ? 'job' : `${service}__job`, arguments: {}, task: { ttl: 5 } },
      headers,
      path,
    );
  return { fleet, a, b, server, start };
}

describe('a task', () => {
  it('has an id of ours, though its service shares its own with another', async () => {
    const { a, b, server, start } = await twoServices();
    const [first, second] = [(await start('a')).result, (await start('b')).result];
    expect(first.task).toMatchObject({ taskId: expect.stringMatching(UUID), status: 'working', pollInterval: 5 });
    expect(first._meta).toEqual({ [RELATED]: { taskId: first.task.taskId } });
    expect(second.task.taskId).not.toBe(first.task.taskId);
    b.status.set('1', 'completed');
    const get = async (taskId: string) => (await server.call('tasks/get', { taskId })).result;
    expect(await get(first.task.taskId)).toEqual({ ...a.task('1'), taskId: first.task.taskId });
    expect(await get(second.task.taskId)).toMatchObject({ status: 'completed' });
    expect((await server.call('tasks/result', { taskId: second.task.taskId })).result).toEqual({
      content: [{ type: 'text', text: 'done 1' }],
      _meta: { [RELATED]: { taskId: second.task.taskId } },
    });
    expect((await server.call('tasks/cancel', { taskId: first.task.taskId })).result.status).toBe('cancelled');
    expect(a.said.map(({ method }) => method)).toEqual(['tools/call', 'tasks/get', 'tasks/cancel']);
    expect(a.said[0]!.params.task).toEqual({ ttl: 5 });
  });

  it('is unknown to another principal, and where its service is not shown', async () => {
    const { a, server, start } = await twoServices();
    const { taskId } = (await start('a')).result.task;
    const unknown = { code: RPC.invalidParams, message: 'Task not found' };
    for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel']) {
      expect((await server.call(method, { taskId }, { 'x-principal': 'mallory' })).error).toEqual(unknown);
      expect((await server.call(method, { taskId }, {}, '/mcp/s/b')).error).toEqual(unknown);
      expect((await server.call(method, { taskId: '1' })).error).toEqual(unknown);
      expect((await server.call(method, {})).error.code).toBe(RPC.invalidParams);
    }
    expect((await server.call('tasks/list', {}, { 'x-principal': 'mallory' })).result).toEqual({ tasks: [] });
    expect(a.said).toHaveLength(1);
    expect((await server.call('tasks/get', { taskId }, {}, '/mcp/s/a')).result.taskId).toBe(taskId);
  });

  it('is listed with the status that its service tells now, page by page, without what was forgotten', async () => {
    const { a, server, start } = await twoServices();
    const ids: string[] = [];
    for (let i = 0; i < 60; i++) ids.push((await start(i % 2 ? 'a' : 'b')).result.task.taskId);
    a.status.set('1', 'input_required');
    a.status.delete('2');
    const page = (await server.call('tasks/list')).result;
    expect(page.tasks.map(({ taskId }: any) => taskId)).toEqual([...ids.slice(0, 3), ...ids.slice(4, 50)]);
    expect(page.tasks[1].status).toBe('input_required');
    const rest = (await server.call('tasks/list', { cursor: page.nextCursor })).result;
    expect(rest).toEqual({ tasks: expect.objectContaining({ length: 10 }) });
    for (const [cursor, headers] of [
      ['nonsense', {}],
      [page.nextCursor, { 'x-principal': 'mallory' }],
      [7, {}],
    ])
      expect((await server.call('tasks/list', { cursor }, headers)).error.code).toBe(RPC.invalidParams);
  });

  it('is listed as it was last known while its service is away', async () => {
    const { fleet, server, start } = await twoServices();
    const { task } = (await start('a')).result;
    fleet.down('a');
    expect((await server.call('tasks/list')).result).toEqual({ tasks: [task] });
  });

  it('is bounded for a principal: a finished one gives way, one under way does not', async () => {
    const { a, server, start } = await twoServices({ tasksPerPrincipal: 2 });
    const { taskId } = (await start('a')).result.task;
    await start('a');
    expect((await start('a')).error).toMatchObject({ code: RPC.overloaded, data: { sent: false } });
    expect((await start('a', { 'x-principal': 'other' })).result.task).toBeDefined();
    a.status.set('1', 'completed');
    await server.call('tasks/get', { taskId });
    expect((await start('a')).result.task).toBeDefined();
    expect((await server.call('tasks/get', { taskId })).error.code).toBe(RPC.invalidParams);
  });

  it('is waited for by a bounded number of requests', async () => {
    const { a, server, start } = await twoServices({ taskWaitsPerService: 1, taskWaitMs: 77 });
    const { taskId } = (await start('a')).result.task;
    let finish = () => {};
    a.result = () => new Promise((resolve) => (finish = () => resolve({ content: [] })));
    const first = server.call('tasks/result', { taskId });
    await expect.poll(() => a.said.length).toBe(2);
    expect((await server.call('tasks/result', { taskId })).error.code).toBe(RPC.overloaded);
    expect(a.said[1]!.options).toMatchObject({ timeoutMs: 77, maxTotalMs: 77 });
    finish();
    expect((await first).result).toEqual({ content: [] });
    a.result = () => Promise.resolve({ content: [] });
    expect((await server.call('tasks/result', { taskId })).result).toEqual({ content: [] });
  });

  it('is not made where the service takes none: the wish goes unheard and is not offered', async () => {
    const { fleet, server } = await twoServices();
    const plain = new TaskService('plain');
    const tools = JOBS.tools;
    fleet.serve('plain', snapshotOf({ tools, capabilities: { tasks: { cancel: {} } } }), {}, plain.upstream);
    expect((await server.call('tools/call', { name: 'plain__job', arguments: {}, task: {} })).result).toEqual({
      content: [],
    });
    expect(plain.said[0]!.params).toEqual({ name: 'job', arguments: {} });
    const listed = (await server.call('tools/list')).result.tools;
    expect(listed.map(({ name, execution }: any) => [name, execution])).toEqual([
      ['a__job', { taskSupport: 'optional' }],
      ['b__job', { taskSupport: 'optional' }],
      ['plain__job', undefined],
    ]);
    expect((await server.call('tools/list', {}, {}, '/mcp/s/plain')).result.tools).toEqual(tools);
  });

  it.each([
    [['a', 'b'], { list: {}, cancel: {}, requests: { tools: { call: {} } } }],
    [['bare'], { requests: { tools: { call: {} } } }],
    [['none'], undefined],
  ])('is declared by category for %j', async (services, expected) => {
    const { fleet, server } = await twoServices();
    fleet.serve('bare', snapshotOf({ capabilities: { tasks: { requests: { tools: { call: {} } } } } }));
    fleet.serve('none', snapshotOf({ capabilities: { tasks: { list: {}, requests: {} } } }));
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
    const path = services.length > 1 ? '/mcp' : `/mcp/s/${services[0]!}`;
    expect((await server.call('initialize', params, {}, path)).result.capabilities.tasks).toEqual(expected);
  });

  it('of the reference server is made, found and cancelled', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const params = { name: 'every__simulate-research-query', arguments: { topic: 'x' }, task: { ttl: 60_000 } };
    const { taskId } = (await server.call('tools/call', params)).result.task;
    expect(taskId).toMatch(UUID);
    expect((await server.call('tasks/get', { taskId })).result).toMatchObject({ taskId, status: 'working' });
    expect((await server.call('tasks/list')).result.tasks).toMatchObject([{ taskId, status: 'working' }]);
    expect((await server.call('tasks/cancel', { taskId })).result).toMatchObject({ taskId, status: 'cancelled' });
    await real.close();
  });
});
