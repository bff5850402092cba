import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../../src/shared/errors.ts';
import { ProposalWorld } from '../../helpers/proposal-world.ts';

describe('a proposal', () => {
  it('writes nothing until a person agrees, then exactly what was shown', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    expect(proposal).toMatchObject({ state: 'waiting', plan: [{ outcome: 'created', actions: ['start a'] }] });
    expect(proposal.id).toMatch(/^p_[0-9a-f]{12}$/);
    expect(world.written).toEqual([]);
    expect(await world.approve(proposal)).toMatchObject({ state: 'approved', decision: { by: 'operator' } });
    expect(world.written).toEqual([{ name: 'a', before: undefined, after: '1' }]);
    expect(world.events.map(({ kind }) => kind)).toEqual(['proposal.created', 'proposal.approved']);
  });

  it('is written once, however often and at whatever time it is approved', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    const answers = await Promise.all([world.approve(proposal), world.approve(proposal), world.approve(proposal)]);
    world.files.set('a', 'changed since');
    answers.push(await world.approve(proposal));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['approved']));
    expect(world.written).toHaveLength(1);
  });

  it('dies where it would do something else by now, and says what', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    world.files.set('a', '2');
    const says =
      'is outdated, nothing was written: MCPService "a": configured instead of created, its file says something else by now';
    await expect(world.approve(proposal)).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining(says),
    });
    world.files.delete('a');
    await expect(world.approve(proposal)).rejects.toThrow('it is outdated');
    expect(world.written).toEqual([]);
    expect(world.proposals.get(proposal.id)).toMatchObject({ state: 'outdated', decision: { by: 'clarityd' } });
  });

  it('of a removal dies with the service', async () => {
    const world = new ProposalWorld();
    world.files.set('a', '1');
    const [kept, gone] = [await world.proposeRemoval('a'), await world.propose('b=1')];
    world.files.delete('a');
    await expect(world.approve(kept)).rejects.toThrow('is outdated, nothing was written: there is no service "a"');
    world.files.set('a', '1');
    const again = await world.proposeRemoval('a');
    await world.approve(again);
    await world.approve(gone);
    expect([...world.files]).toEqual([['b', '1']]);
  });

  it('waits on where it cannot be planned now', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    world.planFailure = new ClarityError('NotReady', 'the compiler is busy');
    await expect(world.approve(proposal)).rejects.toThrow('busy');
    expect((await world.approve(proposal)).state).toBe('approved');
  });

  it.each([
    ['no manifest', 'bad', 'ManifestInvalid'],
    ['a document of a person', 'mine=2', 'Conflict'],
  ])('of %s is refused at once', async (_, text, code) => {
    const world = new ProposalWorld();
    world.files.set('mine', 'hand:1');
    await expect(world.propose(text)).rejects.toMatchObject({ code });
    await expect(world.proposeRemoval('mine')).rejects.toMatchObject({ code: 'Conflict' });
    await expect(world.proposeRemoval('nobody')).rejects.toMatchObject({ code: 'NotFound' });
    expect(world.proposals.list()).toEqual([]);
  });

  it('of what is so already needs nobody, and is told once', async () => {
    const world = new ProposalWorld();
    world.files.set('a', '1');
    const first = await world.propose('a=1');
    expect(first).toMatchObject({ state: 'approved', decision: { by: 'clarityd', why: 'it is so already' } });
    expect((await world.propose('a=1')).id).toBe(first.id);
    expect(world.written).toEqual([]);
  });

  it('is the same where the same client asks again; the newest is listed first', async () => {
    const world = new ProposalWorld();
    const first = await world.propose('a=1');
    const [again, other] = [await world.propose('a=1'), await world.propose('a=1', { by: 'agent 2' })];
    expect(again.id).toBe(first.id);
    expect(world.proposals.list().map(({ by }) => by)).toEqual(['agent 2', 'agent 1']);
    await world.approve(other);
    await expect(world.approve(first)).rejects.toThrow('unchanged instead of created');
  });

  it.each([
    ['of another plan', (id: string) => ({ id, planHash: 'sha256:0' }), 'Conflict', 'waiting'],
    ['that is not there', () => ({ id: 'p_1', planHash: 'sha256:0' }), 'NotFound', 'waiting'],
  ])('an approval %s does nothing', async (_, of, code, state) => {
    const world = new ProposalWorld();
    const { id } = await world.propose('a=1');
    await expect(world.approve(of(id))).rejects.toMatchObject({ code });
    expect([world.proposals.get(id).state, world.written]).toEqual([state, []]);
  });

  it('that is rejected stays so, with the reason', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    const rejected = await world.proposals.reject(proposal.id, { by: 'operator', why: 'use\u001b[2J b' });
    expect(rejected.decision?.why).toBe('use\\u001b[2J b');
    expect(await world.proposals.reject(proposal.id, { by: 'another' })).toEqual(rejected);
    await expect(world.approve(proposal)).rejects.toThrow('it is rejected: use');
    expect(world.written).toEqual([]);
  });

  it('tells names of clients as one short printable line', async () => {
    const world = new ProposalWorld();
    const { by } = await world.propose('a=1', { by: `evil\u001b]0;x\u0007\n${'x'.repeat(500)}` });
    expect([by.length, by.includes('\n'), by.includes('\u001b')]).toEqual([120, false, false]);
  });
});

describe('waiting for a decision', () => {
  it('ends with the decision, the signal, or the daemon', async () => {
    const world = new ProposalWorld();
    const [a, b, c] = [await world.propose('a=1'), await world.propose('b=1'), await world.propose('c=1')];
    const caller = new AbortController();
    const waits = [a, b, c].map(({ id }) => world.proposals.decided(id, caller.signal));
    await world.approve(a);
    expect((await waits[0])?.state).toBe('approved');
    const signalled = new AbortController();
    const other = world.proposals.decided(b.id, signalled.signal);
    signalled.abort();
    expect((await other).state).toBe('waiting');
    await world.proposals.close();
    expect((await Promise.all(waits)).map(({ state }) => state)).toEqual(['approved', 'waiting', 'waiting']);
    expect((await world.proposals.decided(a.id, caller.signal)).state).toBe('approved');
    await expect(world.proposals.decided('p_1', caller.signal)).rejects.toMatchObject({ code: 'NotFound' });
  });
});
