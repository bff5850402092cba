import type { Core } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { seq } from './build.ts';
import { Decision } from './decision.ts';
import { Exit } from './exit.ts';
import type { Frame } from './frame.ts';
import { addTest, scrutineeSubject, type Row, type Test } from './subject.ts';

/** A match: the scrutinee once, then the first arm that fits (language.md §7.3); a trap where none does. */
export function lowerMatch(frame: Frame, expr: Extract<TypedExpr, { kind: 'match' }>, tail: boolean): Core {
  const { subject, before } = scrutineeSubject(frame, expr.scrutinee, expr.arms);
  const rows = expr.arms.map((arm): Row => {
    const tests: Test[] = [];
    addTest(frame, subject, arm.pattern, tests);
    return { tests, arm };
  });
  const decision = new Decision(frame, frame.rep(expr.type), tail);
  return seq(before, decision.among(rows, Exit.trap(frame), 0));
}
