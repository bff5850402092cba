import { describe, expect, it } from 'vitest';
import { aborted, DeadlineError, withDeadline } from '../../src/shared/abort.ts';
import { FakeClock } from '../helpers/clock.ts';

const never = () => new Promise<never>(() => undefined);

describe('withDeadline', () => {
  it('hands on the result and leaves no timer', async () => {
    const clock = new FakeClock();
    await expect(withDeadline(clock, 'work', 1000, undefined, async () => 42)).resolves.toBe(42);
    expect(clock.pending).toBe(0);
  });

  it('ends at the deadline, not before, even where the work ignores its signal', async () => {
    const clock = new FakeClock();
    let signal: AbortSignal | undefined;
    const result = withDeadline(clock, 'initialize', 1000, undefined, (own) => {
      signal = own;
      return never();
    });
    clock.advance(999);
    expect(signal?.aborted).toBe(false);
    clock.advance(1);
    await expect(result).rejects.toThrow(new DeadlineError('initialize', 1000));
    expect(signal?.reason).toMatchObject({ timeoutMs: 1000, message: 'initialize did not finish within 1000 ms' });
  });

  it('ends with the reason of its parent, which is told from a deadline', async () => {
    const clock = new FakeClock();
    const parent = new AbortController();
    const result = withDeadline(clock, 'work', 1000, parent.signal, never);
    parent.abort(new Error('generation 3 replaces generation 2'));
    await expect(result).rejects.toThrow('generation 3 replaces generation 2');
    await expect(result).rejects.not.toBeInstanceOf(DeadlineError);
    expect(clock.pending).toBe(0);
  });

  it('does not wait where the parent has ended already', async () => {
    const work = withDeadline(new FakeClock(), 'work', 1000, AbortSignal.abort('too late'), never);
    await expect(work).rejects.toThrow('too late');
  });

  it.each([
    ['rejects', async () => Promise.reject(new Error('broken'))],
    [
      'throws at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('clears its timer where the work %s', async (_, work) => {
    const clock = new FakeClock();
    await expect(withDeadline(clock, 'work', 1000, undefined, work)).rejects.toThrow('broken');
    expect(clock.pending).toBe(0);
  });

  it('forgets its parent when it is done: a later abort reaches nobody', async () => {
    const parent = new AbortController();
    let signal: AbortSignal | undefined;
    await withDeadline(new FakeClock(), 'work', 1000, parent.signal, async (own) => {
      signal = own;
    });
    parent.abort();
    expect(signal?.aborted).toBe(false);
  });
});

describe('aborted', () => {
  it('makes an error of a reason that is none', async () => {
    await expect(aborted(AbortSignal.abort('stop'))).rejects.toThrow(new Error('stop'));
  });
});
