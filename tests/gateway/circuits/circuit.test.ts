import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit, type Verdict } from '../../../src/gateway/circuits/circuit.ts';
import { CIRCUIT_SETTINGS } from '../../../src/shared/circuit-settings.ts';

const START = 1_700_000_000_000;

/** One call after another: f failed, a answered, u unknown. */
function after(calls: string, everyMs = 0): Circuit {
  const circuit = new Circuit(CIRCUIT_SETTINGS);
  [...calls].forEach((call, index) => settle(circuit, call, START + index * everyMs));
  return circuit;
}

function settle(circuit: Circuit, call: string, now: number) {
  return circuit.settle(circuit.enter(), call === 'f' ? 'failed' : call === 'a' ? 'answered' : 'unknown', now);
}

describe('a circuit', () => {
  it.each<[string, string, number, boolean]>([
    ['7 failures are too few', 'fffffff', 0, false],
    ['8 failures are enough', 'ffffffff', 0, true],
    ['5 of 9 are less than 0.6', 'aaaafffff', 0, false],
    ['6 of 10 are 0.6', 'aaaaffffff', 0, true],
    ['an answer never opens it', 'fffffffa', 0, false],
    ['what says nothing does not count', 'fffffffuuuuuuu', 0, false],
    ['8 failures within 56 s', 'ffffffff', 8000, true],
    ['8 failures within 63 s', 'ffffffff', 9000, false],
    ['answers from before the window are forgotten', 'aaaaaaaaffffffff', 7500, true],
  ])('%s', (_, calls, everyMs, open) => expect(after(calls, everyMs).open).toBe(open));

  it('refuses for 10 s, then lets one call through', () => {
    const circuit = after('ffffffff');
    expect(circuit.tally).toEqual({ calls: 8, failures: 8 });
    expect([0, 1, 9999, 10_000].map((ms) => circuit.waitMs(START + ms))).toEqual([10_000, 9999, 1, 0]);
    const trial = circuit.enter();
    expect(circuit.waitMs(START + 10_000)).toBe(1000);
    expect(circuit.settle(trial, 'answered', START + 10_500)).toBe('closed');
    expect([circuit.open, circuit.waitMs(START + 10_500), circuit.tally.calls]).toEqual([false, 0, 0]);
  });

  it('is half-open from then until that call has ended', () => {
    const circuit = after('ffffffff');
    const at = (ms: number) => circuit.state(START + ms);
    expect([after('').state(START), at(0), at(9999), at(10_000)]).toEqual(['closed', 'open', 'open', 'half_open']);
    const trial = circuit.enter();
    expect(at(10_001)).toBe('half_open');
    circuit.settle(trial, 'failed', START + 10_002);
    expect(at(10_003)).toBe('open');
  });

  it('is open again for 10 s where the trial fails', () => {
    const circuit = after('ffffffff');
    expect(settle(circuit, 'f', START + 12_000)).toBe('opened');
    expect(circuit.waitMs(START + 12_001)).toBe(9999);
  });

  it('lets the next call try where the trial told nothing', () => {
    const circuit = after('ffffffff');
    expect(settle(circuit, 'u', START + 10_000)).toBeUndefined();
    expect([circuit.open, circuit.waitMs(START + 10_000)]).toEqual([true, 0]);
    expect(settle(circuit, 'a', START + 10_000)).toBe('closed');
  });

  it('heeds no call that began before it opened', () => {
    const circuit = new Circuit(CIRCUIT_SETTINGS);
    const early = [circuit.enter(), circuit.enter()] as const;
    for (let i = 0; i < 8; i++) settle(circuit, 'f', START);
    expect(circuit.settle(early[0], 'answered', START + 1)).toBeUndefined();
    const trial = circuit.enter();
    expect(circuit.settle(early[1], 'failed', START + 10_001)).toBeUndefined();
    expect(circuit.settle(trial, 'answered', START + 10_002)).toBe('closed');
  });

  it('is closed in the end although nobody tried it, unless a trial runs', () => {
    const circuit = after('ffffffff');
    const trial = circuit.enter();
    expect(circuit.expire()).toBe(false);
    circuit.settle(trial, 'unknown', START);
    expect([circuit.expire(), circuit.open]).toEqual([true, false]);
  });

  it('waits no longer because the clock was put back', () => {
    expect(after('ffffffff').waitMs(START - 3_600_000)).toBe(0);
  });

  it('keeps its rules whatever happens', () => {
    const event = fc.record({
      passes: fc.integer({ min: 0, max: 15_000 }),
      ends: fc.constantFrom<Verdict>('answered', 'failed', 'unknown'),
      begin: fc.boolean(),
      which: fc.nat({ max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const circuit = new Circuit({ windowMs: 60_000, minCalls: 3, errorRate: 0.5 });
        const running: { readonly ticket: number; readonly trial: boolean }[] = [];
        let now = START;
        let openedAt: number | undefined;
        for (const { passes, ends, begin, which } of events) {
          now += passes;
          const open = circuit.open;
          if (begin) {
            if (circuit.waitMs(now) > 0) continue;
            if (openedAt !== undefined) expect(now - openedAt).toBeGreaterThanOrEqual(10_000);
            running.push({ ticket: circuit.enter(), trial: open });
            // Never two on trial.
            expect(running.filter((call) => call.trial).length).toBeLessThanOrEqual(1);
            continue;
          }
          const [call] = running.splice(which % Math.max(1, running.length), 1);
          if (call === undefined) continue;
          const change = circuit.settle(call.ticket, ends, now);
          if (change === 'opened') expect([open, ends, circuit.open]).toEqual([call.trial, 'failed', true]);
          if (change === 'closed') expect([call.trial, ends, circuit.open]).toEqual([true, 'answered', false]);
          if (change === undefined) expect(circuit.open).toBe(open);
          if (change === 'opened') openedAt = now;
          if (change === 'closed') openedAt = undefined;
        }
        // It never stays shut: after the trial that runs, or 10 s, a call may go.
        for (const { ticket } of running) circuit.settle(ticket, 'unknown', now);
        expect(circuit.waitMs(now + 10_000)).toBe(0);
      }),
    );
  });
});
