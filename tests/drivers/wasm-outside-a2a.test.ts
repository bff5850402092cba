import { describe, expect, it } from 'vitest';
import { modelServer, sendJson } from '../helpers/model-server.ts';
import { outsideRig } from '../helpers/outside-rig.ts';

const CARD = { name: 'helper', url: 'http://127.0.0.1/', capabilities: {} };
const TASK = {
  status: { state: 'completed', message: { parts: [{ type: 'text', text: 'status words' }] } },
  artifacts: [
    {
      parts: [
        { type: 'text', text: 'one' },
        { type: 'data', data: {} },
      ],
    },
    { parts: [{ kind: 'text', text: 'two' }] },
  ],
};

/** An agent that has one task for every id. */
async function agent() {
  const server = await modelServer(({ path, body }, res) => {
    if (path === '/team/.well-known/agent.json') return sendJson(res, CARD);
    if (path !== '/team') return sendJson(res, {}, 404);
    const { id, method, params } = body;
    if (method === 'tasks/cancel') return sendJson(res, { id, error: { code: -32002, message: 'not cancelable' } });
    return sendJson(res, { jsonrpc: '2.0', id, result: { ...TASK, id: params.id } });
  });
  return { ...server, agentUrl: `${server.url}/team` };
}

describe('another agent', () => {
  it('shows its card, takes a task and tells how it stands', async () => {
    const { agentUrl, asked } = await agent();
    const rig = outsideRig({ net: ['127.0.0.1'] });
    const card = (await rig.run('a2a_discover', `${agentUrl}/`)) as { ok: string };
    expect(JSON.parse(card.ok)).toEqual(CARD);
    const task = (await rig.run('a2a_submit', agentUrl, 'do it')) as { ok: string };
    expect(asked[1]!.body).toEqual({
      jsonrpc: '2.0',
      id: 1,
      method: 'tasks/send',
      params: { id: task.ok, message: { role: 'user', parts: [{ type: 'text', text: 'do it' }] } },
    });
    const polled = (await rig.run('a2a_poll', agentUrl, task.ok)) as { ok: string };
    expect(JSON.parse(polled.ok)).toEqual({ id: task.ok, status: 'completed', output: 'one\ntwo' });
    expect(await rig.run('a2a_cancel', agentUrl, task.ok)).toEqual({ err: expect.stringContaining('not cancelable') });
    expect(asked.slice(2).map(({ body }) => [body.method, body.params])).toEqual([
      ['tasks/get', { id: task.ok }],
      ['tasks/cancel', { id: task.ok }],
    ]);
  });

  it.each([
    [
      'its own words',
      { status: { state: 'failed', message: TASK.status.message } },
      { status: 'failed', output: 'status words' },
    ],
    ['a bare status', { status: { state: 'working' } }, { status: 'working', output: '' }],
    ['nothing', {}, { status: 'unknown', output: '' }],
  ])('may have a task with %s', async (_, result, view) => {
    const { url } = await modelServer((__, res) => sendJson(res, { jsonrpc: '2.0', id: 1, result }));
    const answer = (await outsideRig({ net: ['127.0.0.1'] }).run('a2a_cancel', url, 't')) as { ok: string };
    expect(JSON.parse(answer.ok)).toEqual({ id: 't', ...view });
  });

  it.each([
    ['a status', { error: { message: 'gone' } }, 410, 'answered 410: gone'],
    ['no result', {}, 200, 'without a result'],
  ])('that answers with %s gives an Err', async (_, body, status, why) => {
    const { url } = await modelServer((__, res) => sendJson(res, body, status));
    const rig = outsideRig({ net: ['127.0.0.1'] });
    expect(await rig.run('a2a_submit', url, 'do it')).toEqual({ err: expect.stringContaining(why) });
  });

  it('must be among the hosts of the service', async () => {
    const { agentUrl, asked } = await agent();
    const rig = outsideRig({ net: ['example.com'] });
    for (const answer of [
      await rig.run('a2a_discover', agentUrl),
      await rig.run('a2a_submit', agentUrl, 'do it'),
      await rig.run('a2a_poll', agentUrl, 't'),
      await rig.run('a2a_cancel', agentUrl, 't'),
    ])
      expect(answer).toEqual({ err: expect.stringContaining('not among the hosts') });
    expect(rig.refusals).toHaveLength(4);
    expect(asked).toEqual([]);
  });
});
