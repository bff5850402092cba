import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackAbsence, type Absent } from '../../src/sources/directory/absence.ts';

const CONFIRM = 1000;
const step = fc.record({
  present: fc.boolean(),
  conclusive: fc.boolean(),
  announced: fc.boolean(),
  afterMs: fc.integer({ min: 0, max: 1500 }),
});

describe('absence', () => {
  it('is believed only after two conclusive scans, far enough apart, with no sight in between, or when announced', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let before = new Map([['x', 1]]);
        let absent: ReadonlyMap<string, Absent<number>> = new Map();
        let nowMs = 0;
        let firstMiss: number | undefined;
        for (const { present, conclusive, announced, afterMs } of steps) {
          nowMs += afterMs;
          const known = before.has('x');
          absent = trackAbsence({
            before,
            present: new Set(present ? ['x'] : []),
            absent,
            announced: new Set(announced ? ['x'] : []),
            conclusive,
            nowMs,
            confirmMs: CONFIRM,
          });
          const proven = conclusive && firstMiss !== undefined && nowMs - firstMiss >= CONFIRM;
          const kept = !present && known && !announced && !proven;
          expect(absent.has('x')).toBe(kept);
          firstMiss = kept ? (firstMiss ?? (conclusive ? nowMs : undefined)) : undefined;
          before = new Map(present || kept ? [['x', 1]] : []);
        }
      }),
    );
  });
});
