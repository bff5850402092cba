import { describe, expect, it } from 'vitest';
import type { Proposal, ProposalService, ProposalState, WantedChange } from '../../../src/runtime/types.ts';
import { resolvable } from '../../../src/shared/resolvable.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';
import { FakeClock } from '../../helpers/clock.ts';
import { NOW } from '../../helpers/fake-runtime.ts';

const STDIO = { name: 'search', command: 'node' };

/** Proposals in a list; `settle` is the person. */
class FakeProposals implements ProposalService {
  readonly all: Proposal[] = [];
  readonly proposed = resolvable();
  readonly #deciding: (() => void)[] = [];
  /** What writes an approved change. */
  written: (change: WantedChange) => Promise<unknown> = () => Promise.resolve();

  async propose({ change, by, tool }: { change: WantedChange; by: string; tool: string }): Promise<Proposal> {
    const proposal: Proposal = {
      id: `p_${String(this.all.length + 1).padStart(12, '0')}`,
      state: 'waiting',
      ...{ change, by, tool },
      plan: [
        {
          ...{ kind: 'MCPService', name: 'search', outcome: 'created', patch: '+ value: hush', fields: [] },
          ...{ actions: ['start search (new)'], diagnostics: [] },
        },
      ],
      planHash: 'sha256:1',
      createdAtMs: NOW,
      expiresAtMs: NOW + 1000,
    };
    this.all.push(proposal);
    this.proposed.resolve();
    return proposal;
  }

  async settle(id: string, state: ProposalState, why?: string): Promise<void> {
    const at = this.all.findIndex((one) => one.id === id);
    const one = this.all[at]!;
    if (state === 'approved') await this.written(one.change);
    this.all[at] = { ...one, state, decision: { by: 'ada', atMs: NOW, ...(why === undefined ? {} : { why }) } };
    for (const decided of this.#deciding.splice(0)) decided();
  }

  list = () => this.all;
  get = (id: string) => this.all.find((one) => one.id === id)!;
  approve = () => Promise.reject(new Error('who asks cannot agree'));
  reject = () => Promise.reject(new Error('who asks cannot agree'));
  onChange = () => () => undefined;

  decided(id: string, signal: AbortSignal): Promise<Proposal> {
    return new Promise((resolve) => {
      const done = () => resolve(this.get(id));
      if (this.get(id).state !== 'waiting') return done();
      this.#deciding.push(done);
      signal.addEventListener('abort', done);
    });
  }
}

/** The tool has gone on to wait. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function rigged() {
  const proposals = new FakeProposals();
  const clock = new FakeClock();
  const rig = new BuiltinRig({ proposals, clock, provisioning: { enabled: true, approval: 'required' } });
  proposals.written = (change) =>
    change.kind === 'apply'
      ? rig.runtime.apply(change.text, { managedBy: 'mcp', force: false })
      : rig.runtime.remove(change.name, { force: false });
  return { proposals, clock, rig };
}

describe('where a person has to agree', () => {
  it('nothing is written before; what was shown is written then, and the tool answers as ever', async () => {
    const { proposals, rig } = rigged();
    const answer = rig.call('runtime__register_stdio', STDIO);
    await proposals.proposed.promise;
    await settle();
    expect(rig.runtime.asked.map(([method]) => method)).toEqual(['plan']);
    expect(proposals.all[0]).toMatchObject({
      by: 'tester 1',
      tool: 'runtime__register_stdio',
      change: { kind: 'apply', folder: 'mcp', text: expect.stringContaining('command: node') },
    });
    await proposals.settle(proposals.all[0]!.id, 'approved');
    expect((await answer).json).toMatchObject({ service: { module: 'search' }, created: true, started: true });
  });

  it('a call waits half a minute, tells how it stands, and says how to agree', async () => {
    const { proposals, clock, rig } = rigged();
    const answer = rig.call('runtime__register_stdio', STDIO);
    await proposals.proposed.promise;
    await settle();
    clock.advance(30_000);
    const { json, texts, isError } = await answer;
    expect([isError, json]).toMatchObject([
      false,
      {
        applied: false,
        proposal: { id: 'p_000000000001', state: 'waiting', approve: 'clarityctl approve p_000000000001' },
      },
    ]);
    expect(json.proposal.plan).toEqual([
      { kind: 'MCPService', name: 'search', outcome: 'created', actions: ['start search (new)'] },
    ]);
    expect(texts[1]).toContain('Call again with the same arguments');
    const waits = rig.told.filter(({ message }) => JSON.stringify(message).includes('clarityctl approve'));
    expect(waits.length).toBeGreaterThan(3);
    expect(waits.map(({ progress }) => progress)).toEqual([...waits.keys()].map((at) => at + 1));
    expect(rig.runtime.asked.map(([method]) => method)).toEqual(['plan']);
  });

  it('the same call again waits for the same proposal', async () => {
    const { proposals, clock, rig } = rigged();
    const first = rig.call('runtime__register_stdio', STDIO);
    await proposals.proposed.promise;
    await settle();
    clock.advance(30_000);
    await first;
    const second = rig.call('runtime__register_stdio', STDIO);
    await settle();
    clock.advance(30_000);
    await second;
    expect(proposals.all).toHaveLength(1);
  });

  it('a proposal that was rejected changes nothing', async () => {
    const { proposals, rig } = rigged();
    const answer = rig.call('runtime__register_stdio', STDIO);
    await proposals.proposed.promise;
    await settle();
    await proposals.settle(proposals.all[0]!.id, 'rejected', 'not today');
    const { json, texts } = await answer;
    expect(json).toMatchObject({
      applied: false,
      proposal: { state: 'rejected', decision: { by: 'ada', why: 'not today' } },
    });
    expect(texts[1]).toBe('Nothing has changed: the proposal p_000000000001 is rejected: not today.');
    expect(rig.runtime.asked.map(([method]) => method)).toEqual(['plan']);
  });

  it('what would change nothing asks nobody', async () => {
    const { proposals, rig } = rigged();
    rig.runtime.planned = [
      { kind: 'MCPService', name: 'files', outcome: 'unchanged', patch: '', fields: [], actions: [], diagnostics: [] },
    ];
    expect((await rig.call('runtime__register_stdio', { name: 'files', command: 'node' })).json).toMatchObject({
      created: true,
    });
    expect(proposals.all).toEqual([]);
  });

  it('a removal waits, too', async () => {
    const { proposals, rig } = rigged();
    const answer = rig.call('runtime__remove_service', { service_id: 'files' });
    await proposals.proposed.promise;
    await settle();
    expect(proposals.all[0]?.change).toEqual({ kind: 'remove', name: 'files' });
    expect(rig.runtime.views.has('files')).toBe(true);
    await proposals.settle(proposals.all[0]!.id, 'approved');
    expect((await answer).json).toMatchObject({ removed: true, artifactRemoved: false });
  });
});
