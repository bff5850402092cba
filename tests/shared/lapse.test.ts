import { describe, expect, it } from 'vitest';
import { Lapse } from '../../src/shared/lapse.ts';
import { FakeClock } from '../helpers/clock.ts';

describe('waits of one length', () => {
  it('end each at its own time', () => {
    const clock = new FakeClock();
    const lapse = new Lapse(clock, 100);
    const fired: string[] = [];
    lapse.begin(() => fired.push('a'));
    clock.advance(60);
    lapse.begin(() => fired.push('b'));
    clock.advance(39);
    expect(fired).toEqual([]);
    clock.advance(1);
    expect(fired).toEqual(['a']);
    clock.advance(59);
    expect(fired).toEqual(['a']);
    clock.advance(1);
    expect(fired).toEqual(['a', 'b']);
  });

  it('that were given up do not fire, and those after them are not late', () => {
    const clock = new FakeClock();
    const lapse = new Lapse(clock, 100);
    const fired: string[] = [];
    const giveUp = lapse.begin(() => fired.push('a'));
    clock.advance(30);
    giveUp();
    lapse.begin(() => fired.push('b'));
    clock.advance(99);
    expect(fired).toEqual([]);
    clock.advance(1);
    expect(fired).toEqual(['b']);
  });

  it('that begin when one fires have their whole time', () => {
    const clock = new FakeClock();
    const lapse = new Lapse(clock, 100);
    let fired = 0;
    const again = () => {
      fired++;
      lapse.begin(again);
    };
    lapse.begin(again);
    clock.advance(100);
    expect(fired).toBe(1);
    clock.advance(99);
    expect(fired).toBe(1);
    clock.advance(1);
    expect(fired).toBe(2);
  });
});
