import { describe, expect, it, vi } from 'vitest';
import { ProposalWorld } from '../../helpers/proposal-world.ts';

const until = (check: () => void) => vi.waitFor(check, { interval: 1 });

/** Approves and is killed when `diesAfter` documents are written; the next daemon has not begun yet. */
async function killed(text: string, diesAfter: number, prepare: (world: ProposalWorld) => void = () => undefined) {
  const world = new ProposalWorld();
  prepare(world);
  const proposal = await world.propose(text);
  world.diesAfter = diesAfter;
  void world.approve(proposal);
  await until(() => expect(world.kept(proposal.id).agreed).toMatchObject({ by: 'operator' }));
  await until(() => expect(world.written).toHaveLength(Math.min(diesAfter, text.split('\n').length)));
  await new Promise((resolve) => setImmediate(resolve));
  return { world, proposal };
}

describe('a proposal over a restart', () => {
  it('waits on, and is what it was', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    await world.restart();
    expect(world.proposals.get(proposal.id)).toEqual(proposal);
    expect((await world.approve(proposal)).state).toBe('approved');
    await world.restart();
    expect((await world.approve(proposal)).state).toBe('approved');
    expect(world.written).toHaveLength(1);
  });

  it.each([0, 1, 2])('that was approved is finished where the daemon died after %i of 2 documents', async (count) => {
    const { world, proposal } = await killed('a=1\nb=2', count);
    await world.restart('killed');
    await until(() => expect(world.proposals.get(proposal.id).state).toBe('approved'));
    expect(world.proposals.get(proposal.id).decision).toMatchObject({ by: 'operator' });
    expect(world.written.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(world.kept(proposal.id)).not.toHaveProperty('agreed');
  });

  it('that was approved fails where it would do something else by now; what is done stays', async () => {
    const { world, proposal } = await killed('a=1\nb=2', 1);
    world.files.set('b', 'somebody else');
    await world.restart('killed');
    await until(() => expect(world.proposals.get(proposal.id).state).toBe('failed'));
    expect(Object.fromEntries(world.files)).toEqual({ a: '1', b: 'somebody else' });
    await expect(world.approve(proposal)).rejects.toThrow('it is failed: the daemon ended while it was written');
    expect(world.events.at(-1)?.kind).toBe('proposal.failed');
  });

  it('of a removal is done where the service is gone', async () => {
    const world = new ProposalWorld();
    world.files.set('a', '1');
    const proposal = await world.proposeRemoval('a');
    world.diesAfter = 0;
    void world.approve(proposal);
    await until(() => expect(world.kept(proposal.id).agreed).toBeDefined());
    world.files.delete('a');
    await world.restart('killed');
    await until(() => expect(world.proposals.get(proposal.id).state).toBe('approved'));
  });

  it('cannot be rejected any more once somebody has agreed', async () => {
    const { world, proposal } = await killed('a=1', 0);
    await world.restart('killed');
    const rejected = world.proposals.reject(proposal.id, { by: 'operator' });
    await expect(rejected).rejects.toMatchObject({ code: 'Conflict' });
    expect(world.proposals.get(proposal.id).state).toBe('approved');
  });

  it('leaves out what it cannot read', async () => {
    const world = new ProposalWorld();
    const { id } = await world.propose('a=1');
    world.store.rows.set('p_x', { id: 'p_x', createdAtMs: 1, proposal: { id: 'p_x', state: 'waiting' } });
    await world.restart();
    expect(world.proposals.list().map((one) => one.id)).toEqual([id]);
  });
});

describe('a write that fails', () => {
  it('is told, and the proposal has failed for good', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1\nb=2');
    world.failsAfter = 1;
    await expect(world.approve(proposal)).rejects.toThrow('the disk is full');
    expect(world.proposals.get(proposal.id)).toMatchObject({ state: 'failed', decision: { why: 'the disk is full' } });
    world.failsAfter = Infinity;
    await expect(world.approve(proposal)).rejects.toMatchObject({ code: 'Conflict' });
  });

  it('is none where all was written and only the source was too slow to look', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    world.failsAfter = 1;
    expect((await world.approve(proposal)).state).toBe('approved');
  });

  it('to the store keeps the manifests as they are', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    world.store.refuses = true;
    await expect(world.approve(proposal)).rejects.toThrow('the disk is full');
    await expect(world.propose('b=1')).rejects.toThrow('the disk is full');
    expect([world.written, world.proposals.list().length]).toEqual([[], 1]);
    world.store.refuses = false;
    expect((await world.approve(proposal)).state).toBe('approved');
  });
});
