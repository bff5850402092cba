import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../../src/runtime/types.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { testApi } from '../helpers/test-api.ts';

const patch = (text: string) =>
  ['--- /dev/null', '+++ b/f.yaml', '@@ -0,0 +1 @@', ...text.split('\n').map((line) => `+${line}`)].join('\n');

const TRICK = TEXT.replace('command: node', 'command: node\n    args: ["value: rm -rf /"]');
const PLANNED: PlannedChange = {
  kind: 'MCPService',
  name: 'files',
  outcome: 'created',
  patch: patch(TRICK),
  fields: [{ path: 'spec.origin.env', after: [{ name: 'API_KEY', value: 'hush-hush' }] }],
  actions: ['start files (new)'],
  diagnostics: [],
};

async function setting() {
  const api = await testApi();
  api.runtime.planned = [PLANNED];
  const proposal = await api.proposals.propose({
    change: { kind: 'apply', text: TRICK },
    by: 'agent 1',
    tool: 'runtime__apply_manifest',
  });
  const post = (path: string, payload: object) =>
    api.ask({ method: 'POST', url: `/api/proposals/${proposal.id}/${path}`, payload });
  return { api, proposal, post };
}

describe('proposals over HTTP', () => {
  it('are listed without their texts, by state where one is named', async () => {
    const { api, proposal } = await setting();
    const { json } = await api.ask('/api/proposals?state=waiting');
    const documents = [{ kind: 'MCPService', name: 'files', outcome: 'created', actions: ['start files (new)'] }];
    expect(json.items).toMatchObject([
      { id: proposal.id, state: 'waiting', change: 'apply', by: 'agent 1', documents },
    ]);
    expect(json.items[0]).not.toHaveProperty('text');
    expect((await api.ask('/api/proposals?state=rejected')).json.items).toEqual([]);
    expect((await api.ask('/api/proposals')).json.items).toHaveLength(1);
  });

  it('show values of env masked, and nothing else', async () => {
    const { api, proposal } = await setting();
    const { json, text } = await api.ask(`/api/proposals/${proposal.id}`);
    expect(text).not.toContain('hush-hush');
    for (const shown of [json.proposal.text, json.proposal.plan[0].patch]) {
      expect(shown).toContain('{name: API_KEY, value: ********}');
      expect(shown).toContain('args: ["value: rm -rf /"]');
    }
    expect(json.proposal.plan[0].fields[0].after).toEqual([{ name: 'API_KEY', value: '********' }]);
  });

  it('are written once approved, as MCP and to its folder; again is the same answer', async () => {
    const { api, proposal, post } = await setting();
    const { planHash } = proposal;
    const first = await post('approve', { planHash });
    expect(first.json.proposal).toMatchObject({ state: 'approved', decision: { by: 'operator' } });
    expect((await post('approve', { planHash })).json).toEqual(first.json);
    const options = { managedBy: 'mcp', folder: 'mcp', force: false };
    expect(api.runtime.asked.filter(([method]) => method === 'apply')).toEqual([['apply', TRICK, options]]);
    expect((await post('reject', {})).status).toBe(409);
  });

  it('die with 409 where the plan is another by now', async () => {
    const { api, proposal, post } = await setting();
    api.runtime.planned = [{ ...PLANNED, outcome: 'configured' }];
    const { status, json } = await post('approve', { planHash: proposal.planHash });
    expect([status, json.code, json.error]).toEqual([
      409,
      'Conflict',
      expect.stringContaining('configured instead of'),
    ]);
    expect((await api.ask(`/api/proposals/${proposal.id}`)).json.proposal.state).toBe('outdated');
  });

  it('tell what writing failed with', async () => {
    const { api, proposal, post } = await setting();
    api.runtime.plan = () => Promise.resolve([PLANNED]);
    api.runtime.failure = new ClarityError('ManifestInvalid', 'no', { data: { diagnostics: [] } });
    expect((await post('approve', { planHash: proposal.planHash })).status).toBe(422);
    expect((await api.ask('/api/proposals?state=failed')).json.items).toHaveLength(1);
  });

  it('are rejected with a reason', async () => {
    const { post } = await setting();
    const { json } = await post('reject', { why: 'no need' });
    expect(json.proposal).toMatchObject({ state: 'rejected', decision: { by: 'operator', why: 'no need' } });
  });

  it.each([
    ['approve', {}, 400],
    ['approve', { planHash: 'sha256:1' }, 400],
    ['approve', { planHash: `sha256:${'0'.repeat(64)}` }, 409],
    ['approve', { planHash: `sha256:${'0'.repeat(64)}`, by: 'me' }, 400],
    ['reject', { why: '' }, 400],
  ])('%s %j is refused with %i, and it waits on', async (path, body, status) => {
    const { api, post } = await setting();
    expect((await post(path, body)).status).toBe(status);
    expect((await api.ask('/api/proposals?state=waiting')).json.items).toHaveLength(1);
    expect((await api.ask('/api/proposals?state=nonsense')).status).toBe(400);
    expect((await api.ask('/api/proposals/p_0')).status).toBe(404);
  });
});
