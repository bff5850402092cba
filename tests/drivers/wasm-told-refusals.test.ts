import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/drivers/wasm/grants.ts';
import { ToldRefusals } from '../../src/drivers/wasm/told-refusals.ts';
import { FakeClock } from '../helpers/clock.ts';

function telling() {
  const clock = new FakeClock();
  const told: string[] = [];
  const refusals = new ToldRefusals(clock, ({ message }) => told.push(message));
  const tell = (message: string) => refusals.tell({ need: 'net', message } satisfies Refusal);
  return { clock, told, refusals, tell };
}

describe('the refusals of a program', () => {
  it('are told once a minute each, and then how many more there were', () => {
    const { clock, told, tell } = telling();
    for (let i = 0; i < 1000; i++) tell(i % 2 === 0 ? 'a' : 'b');
    expect(told).toEqual(['a', 'b']);
    clock.advance(60_000);
    expect(told.slice(2)).toEqual(['The program was refused 998 times more; the last time: b']);
    tell('a');
    expect(told.slice(3)).toEqual(['a']);
  });

  it('are bounded, however they differ', () => {
    const { told, refusals, tell } = telling();
    for (let i = 0; i < 10_000; i++) tell(`host ${i}`);
    expect(told).toHaveLength(8);
    refusals.close();
    expect(told.at(-1)).toBe('The program was refused 9992 times more; the last time: host 9999');
    refusals.close();
    expect(told).toHaveLength(9);
  });
});
