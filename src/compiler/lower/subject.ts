import type { Core, Slot } from '../core/core.ts';
import type { TypedArm, TypedExpr, TypedPattern } from '../typed/typed.ts';
import { get, NOTHING, set } from './build.ts';
import type { Frame } from './frame.ts';

/** A value that patterns look at: the scrutinee, or a field of a variant. Without a slot for Unit, and for a value that is read once. */
export interface Subject {
  readonly read: Core;
  readonly slot: Slot | undefined;
}

export type VariantPattern = Extract<TypedPattern, { kind: 'variant' }>;
/** A pattern that can fail. */
export type Refutable = Exclude<TypedPattern, { kind: 'wildcard' | 'bind' }>;

/** What a row still has to see; the row matches when every one of its tests does. */
export interface Test {
  readonly subject: Subject;
  readonly pattern: Refutable;
}

/** An arm on its way: its tests from left to right, without those that already held. */
export interface Row {
  readonly tests: readonly Test[];
  readonly arm: TypedArm;
}

/** Notes what a pattern asks of a subject: a variable becomes a name for its slot, anything that can fail a test. */
export function addTest(frame: Frame, subject: Subject, pattern: TypedPattern, tests: Test[]): void {
  if (pattern.kind === 'wildcard') return;
  if (pattern.kind !== 'bind') tests.push({ subject, pattern });
  else if (subject.slot !== undefined) frame.alias(pattern.local, subject.slot);
}

/** The scrutinee, evaluated once: `before` puts it into a slot, unless it is in one that nobody sets again or is looked at only once. */
export function scrutineeSubject(
  frame: Frame,
  scrutinee: TypedExpr,
  arms: readonly TypedArm[],
): { readonly subject: Subject; readonly before: readonly Core[] } {
  const core = frame.lower(scrutinee);
  const rep = frame.rep(scrutinee.type);
  if (rep === null) return { subject: { read: NOTHING, slot: undefined }, before: [core] };
  if (core.op === 'get' && scrutinee.kind === 'local' && !scrutinee.local.mutable) {
    return { subject: { read: core, slot: core.slot }, before: [] };
  }
  if (readOnce(arms)) return { subject: { read: core, slot: undefined }, before: [] };
  const slot = frame.slot('scrutinee', rep);
  return { subject: { read: get(slot), slot }, before: [set(slot, core)] };
}

/**
 * Whether exactly one test settles which arm it is: then the scrutinee needs no slot. True of arms on Bool or on variants whose fields do not
 * matter (one `if` or `switch`), and of one literal and a rest; not where the first arm takes every value, for then nothing is read.
 */
function readOnce(arms: readonly TypedArm[]): boolean {
  const first = arms[0]?.pattern;
  if (first?.kind === 'wildcard' || (first?.kind === 'variant' && first.union.variants.length === 1)) return false;
  let literals = 0;
  for (const { pattern, guard } of arms) {
    if (guard !== undefined) return false;
    if (pattern.kind === 'wildcard') break;
    if (pattern.kind === 'bind' || pattern.kind === 'range') return false;
    if (pattern.kind === 'variant' && !pattern.fields.every(({ kind }) => kind === 'wildcard')) return false;
    if (pattern.kind !== 'variant' && pattern.kind !== 'bool') literals++;
  }
  return literals <= 1;
}
