import { describe, expect, it, vi } from 'vitest';
import { superfluous } from '../../../src/runtime/proposals/keep.ts';
import { ProposalWorld } from '../../helpers/proposal-world.ts';

const DAY = 86_400_000;

describe('what is kept', () => {
  const keep = { waiting: 2, all: 4, ageMs: 100, bytes: 50 };
  const row = (id: string, atMs: number, size = 1, waits = false) => ({ id, atMs, size, waits });

  it.each([
    ['few, new and small', [row('b', 2), row('a', 1)], 50, []],
    ['too old', [row('c', 60), row('b', 50), row('a', 1)], 150, ['b', 'a']],
    ['too many', [5, 4, 3, 2, 1].map((n) => row(String(n), n)), 10, ['1']],
    [
      'too many beside those that wait',
      [row('w', 9, 1, true), ...[4, 3, 2, 1].map((n) => row(String(n), n))],
      10,
      ['1'],
    ],
    ['too large together', [row('c', 3, 30), row('b', 2, 20), row('a', 1, 1)], 10, ['a']],
    ['one that waits is never too old, nor too large', [row('w', 0, 99, true)], 1000, []],
  ])('%s', (_, rows, now, gone) => {
    expect(superfluous(rows, now, keep)).toEqual(gone);
  });

  it('at most 100 wait; a decision makes room', async () => {
    const world = new ProposalWorld();
    const first = await world.propose('a0=1');
    for (let n = 1; n < 100; n++) await world.propose(`a${String(n)}=1`);
    const refused = await world.propose('one=more').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'TooManyRequests', data: { retryAfterSeconds: 60 } });
    await world.proposals.reject(first.id, { by: 'operator' });
    expect((await world.propose('one=more')).state).toBe('waiting');
  });

  it('nobody looks at more than 256 KiB', async () => {
    const world = new ProposalWorld();
    await expect(world.propose(`a=${'x'.repeat(200_000)}`)).rejects.toMatchObject({ code: 'PayloadTooLarge' });
    expect(world.store.rows.size).toBe(0);
  });
});

describe('time', () => {
  it('expires what nobody decided within 7 days, and forgets it 30 days later', async () => {
    const world = new ProposalWorld();
    world.proposals.start();
    const { id } = await world.propose('a=1');
    const state = () => world.proposals.list()[0]?.state;
    for (let day = 0; day < 7; day++) {
      expect(state()).toBe('waiting');
      world.clock.advance(DAY);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(state()).toBe('expired'), { interval: 1 });
    expect(world.events.at(-1)).toMatchObject({ kind: 'proposal.expired' });
    for (let day = 0; day < 31; day++) {
      world.clock.advance(DAY);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([world.proposals.list(), world.store.rows.has(id)]).toEqual([[], false]);
    expect(world.clock.pending).toBe(0);
  });

  it('is looked at before an approval: a timer may be late', async () => {
    const world = new ProposalWorld();
    const proposal = await world.propose('a=1');
    await world.proposals.close();
    world.clock.advance(8 * DAY);
    await world.restart('killed');
    await expect(world.approve(proposal)).rejects.toThrow('it is expired: nobody decided within 7 days');
    expect(world.written).toEqual([]);
  });

  it('has no timer where there is nothing, nor after the end; a store that refuses is not asked all the time', async () => {
    const world = new ProposalWorld();
    world.proposals.start();
    expect(world.clock.pending).toBe(0);
    await world.propose('a=1');
    world.store.refuses = true;
    world.clock.advance(7 * DAY + 1);
    await vi.waitFor(() => expect(world.warnings).not.toEqual([]), { interval: 1 });
    const before = world.warnings.length;
    world.clock.advance(59_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.warnings).toHaveLength(before);
    await world.proposals.close();
    expect(world.clock.pending).toBe(0);
  });
});
