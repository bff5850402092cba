import { describe, expect, it } from 'vitest';
import type { PlannedChange, Proposal } from '../../../src/runtime/types.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';
import { FakeClock } from '../../helpers/clock.ts';

const STDIO = { name: 'search', command: 'node' };
const CREATED: PlannedChange = {
  ...{ kind: 'MCPService', name: 'search', outcome: 'created', patch: '+ value: hush', fields: [] },
  ...{ actions: ['start search (new)'], diagnostics: [] },
};

/** What waited has gone on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

function rigged() {
  const clock = new FakeClock();
  const rig = new BuiltinRig({ clock, provisioning: { enabled: true, approval: 'required' } });
  rig.runtime.planned = [CREATED];
  const { proposals } = rig;
  /** Calls a tool; the proposal that it makes, and its answer. */
  const ask = async (name: string, args: object) => {
    const made = new Promise<Proposal>((resolve) => {
      const stop = proposals.onChange((proposal) => {
        stop();
        resolve(proposal);
      });
    });
    const answer = rig.call(name, { ...args });
    const proposal = await made;
    await turn();
    return { proposal, answer };
  };
  const approve = ({ id, planHash }: Proposal) => proposals.approve(id, { planHash, by: 'ada' });
  const written = () => rig.runtime.asked.filter(([method]) => method === 'apply' || method === 'remove');
  return { proposals, clock, rig, ask, approve, written };
}

describe('where a person has to agree', () => {
  it('nothing is written before; what was shown is written then, and the tool answers as ever', async () => {
    const { ask, approve, written } = rigged();
    const { proposal, answer } = await ask('runtime__register_stdio', STDIO);
    expect(written()).toEqual([]);
    expect(proposal).toMatchObject({
      by: 'tester 1',
      tool: 'runtime__register_stdio',
      change: { kind: 'apply', folder: 'mcp', text: expect.stringContaining('command: node') },
    });
    await approve(proposal);
    expect((await answer).json).toMatchObject({ service: { module: 'search' }, created: true, started: true });
    expect(written()).toEqual([['apply', expect.any(String), { managedBy: 'mcp', folder: 'mcp', force: false }]]);
  });

  it('a call waits half a minute, tells how it stands, and says how to agree', async () => {
    const { clock, rig, ask, written } = rigged();
    const { proposal, answer } = await ask('runtime__register_stdio', STDIO);
    clock.advance(30_000);
    const { json, texts, isError } = await answer;
    const { id } = proposal;
    expect([isError, json]).toMatchObject([
      false,
      { applied: false, proposal: { id, state: 'waiting', approve: `clarityctl approve ${id}` } },
    ]);
    expect(json.proposal.plan).toEqual([
      { kind: 'MCPService', name: 'search', outcome: 'created', actions: ['start search (new)'] },
    ]);
    expect(texts[1]).toContain('Call again with the same arguments');
    const waits = rig.told.filter(({ message }) => JSON.stringify(message).includes('clarityctl approve'));
    expect(waits.length).toBeGreaterThan(3);
    expect(waits.map(({ progress }) => progress)).toEqual([...waits.keys()].map((at) => at + 1));
    expect(written()).toEqual([]);
  });

  it('the same call again waits for the same proposal', async () => {
    const { proposals, clock, rig, ask, approve } = rigged();
    const { proposal, answer } = await ask('runtime__register_stdio', STDIO);
    clock.advance(30_000);
    await answer;
    const again = rig.call('runtime__register_stdio', STDIO);
    await turn();
    await approve(proposal);
    expect((await again).json).toMatchObject({ created: true });
    expect(proposals.list()).toHaveLength(1);
  });

  it('a proposal that was rejected changes nothing', async () => {
    const { proposals, ask, written } = rigged();
    const { proposal, answer } = await ask('runtime__register_stdio', STDIO);
    await proposals.reject(proposal.id, { by: 'ada', why: 'not today' });
    const { json, texts } = await answer;
    expect(json).toMatchObject({
      applied: false,
      proposal: { state: 'rejected', decision: { by: 'ada', why: 'not today' } },
    });
    expect(texts[1]).toBe(`Nothing has changed: the proposal ${proposal.id} is rejected: not today.`);
    expect(written()).toEqual([]);
  });

  it('what is so already asks nobody', async () => {
    const { rig, written } = rigged();
    rig.runtime.planned = [{ ...CREATED, name: 'files', outcome: 'unchanged', actions: [] }];
    const { json } = await rig.call('runtime__register_stdio', { name: 'files', command: 'node' });
    expect(json).toMatchObject({ created: true, started: true });
    expect(written()).toEqual([]);
  });

  it('a removal waits, too', async () => {
    const { rig, ask, approve } = rigged();
    const { proposal, answer } = await ask('runtime__remove_service', { service_id: 'files' });
    expect(proposal.change).toEqual({ kind: 'remove', name: 'files' });
    expect(rig.runtime.views.has('files')).toBe(true);
    await approve(proposal);
    expect((await answer).json).toMatchObject({ removed: true, artifactRemoved: false });
  });
});
