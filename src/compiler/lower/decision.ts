import type { Core, Rep, Slot } from '../core/core.ts';
import { choose, get, i32, leaveWith, load, math, not, NOTHING, seq, set, TRAP } from './build.ts';
import { Exit } from './exit.ts';
import type { Frame } from './frame.ts';
import { condition, tagOf } from './pattern-test.ts';
import { addTest, type Row, type Subject, type Test, type VariantPattern } from './subject.ts';

/** How deep rows are sorted by their variants; below, each is tried by itself, which is right, too. */
const MAX_SORTING = 40;
/** A `switch` may have this many times the arms that lead anywhere. */
const SPARSE = 4;

/** One attempt: where `test` (absent: always) holds, `pass` gives the value, or leaves by `missed`, as it does where the test fails. */
interface Step {
  readonly test: Core | undefined;
  readonly pass: Core;
  readonly missed: Exit;
}

/**
 * Compiles the rows of one match to a backtracking automaton: rows are tried in order; neighbours that look at the same union (or Bool) are
 * sorted by its variants and share one `switch`. Every arm body and every test is made once, and long matches become flat sequences.
 */
export class Decision {
  constructor(
    private readonly frame: Frame,
    private readonly rep: Rep | null,
    private readonly tail: boolean,
  ) {}

  /** The value of the first row that fits; leaves by `exit` where there is none. `depth` counts the sortings around it. */
  among(rows: readonly Row[], exit: Exit, depth: number): Core {
    const steps: Step[] = [];
    let at = 0;
    for (let row = rows[0]; row !== undefined; row = rows[at]) {
      const { tests, arm } = row;
      if (tests.length === 0 && arm.guard === undefined) return this.#chain(steps, this.#body(row));
      const end = depth < MAX_SORTING ? endOfGroup(rows, at) : at + 1;
      const missed = end < rows.length ? new Exit(this.frame) : exit;
      const group = rows.slice(at, end);
      const step = end > at + 1 ? this.#sorted(group, missed, depth) : this.#single(row, missed);
      if (end >= rows.length) return this.#chain(steps, this.#last(step));
      steps.push(step);
      at = end;
    }
    return this.#chain(steps, exit.leave());
  }

  #body({ arm }: Row): Core {
    return this.frame.lower(arm.body, this.tail);
  }

  #last({ test, pass, missed }: Step): Core {
    return test === undefined ? pass : choose(this.rep, test, pass, missed.leave());
  }

  /** The steps one after the other; the first that gives a value ends the whole. */
  #chain(steps: readonly Step[], otherwise: Core): Core {
    const [first] = steps;
    if (first === undefined) return otherwise;
    if (steps.length === 1 && first.test !== undefined && !first.missed.used) {
      return choose(this.rep, first.test, first.pass, otherwise);
    }
    const label = this.frame.label();
    const effects = steps.map(({ test, pass, missed }) => {
      const done = leaveWith(label, this.rep, pass);
      return missed.around(test === undefined ? done : choose(null, test, done, NOTHING));
    });
    return { op: 'scope', rep: this.rep, label, body: seq(effects, otherwise) };
  }

  /** One row: its tests in order, whatever is inside of a variant before what stands behind it, then the guard. */
  #single(row: Row, missed: Exit): Step {
    const { arm } = row;
    const effects: Core[] = [];
    const pending = row.tests.toReversed();
    let first: Core | undefined;
    let started = false;
    for (let test = pending.pop(); test !== undefined; test = pending.pop()) {
      const holds = condition(test);
      if (started) unless(holds, missed, effects);
      else first = holds;
      started = true;
      if (test.pattern.kind === 'variant')
        pending.push(...this.#fields([test.pattern], test.subject, effects).flat().reverse());
    }
    if (arm.guard !== undefined) {
      const guard = this.frame.lower(arm.guard);
      if (started) unless(guard, missed, effects);
      else first = guard;
    }
    return { test: first, pass: seq(effects, this.#body(row)), missed };
  }

  /** Rows that all look at the same union or Bool: one decision between its variants. */
  #sorted(rows: readonly Row[], missed: Exit, depth: number): Step {
    const test = rows[0]?.tests[0];
    if (test === undefined) return { test: undefined, pass: TRAP, missed };
    const { subject, pattern } = test;
    const count = pattern.kind === 'variant' ? pattern.union.variants.length : 2;
    const buckets = new Map<number, Row[]>();
    for (const row of rows) {
      const tag = tagOf(testOn(row, subject));
      const bucket = buckets.get(tag);
      if (bucket === undefined) buckets.set(tag, [row]);
      else bucket.push(row);
    }
    const arm = (tag: number): Core => {
      const bucket = buckets.get(tag);
      return bucket === undefined ? missed.leave() : this.#bucket(bucket, subject, missed, depth + 1);
    };
    if (pattern.kind === 'bool')
      return { test: undefined, pass: choose(this.rep, subject.read, arm(1), arm(0)), missed };
    if (count === 1) return { test: undefined, pass: arm(0), missed };
    const tag = load('i32', subject.read, 0);
    const pass =
      count <= SPARSE * buckets.size
        ? this.#switch(
            tag,
            Array.from({ length: count }, (_, i) => arm(i)),
          )
        : this.#sparse(tag, buckets.keys(), arm, missed);
    return { test: undefined, pass, missed };
  }

  #switch(tag: Core, arms: readonly Core[]): Core {
    return { op: 'switch', rep: this.rep, tag, arms };
  }

  /** A few of many variants, by comparing. */
  #sparse(tag: Core, tags: Iterable<number>, arm: (tag: number) => Core, missed: Exit): Core {
    const slot = this.frame.slot('tag', 'i32');
    const steps = [...tags].map((each): Step => {
      const test = math('i32.eq', get(slot), i32(each));
      return { test, pass: arm(each), missed: new Exit(this.frame) };
    });
    return seq([set(slot, tag)], this.#chain(steps, missed.leave()));
  }

  /** Rows of one variant, whose tag is known: what remains are its fields, and what stands behind it. */
  #bucket(rows: readonly Row[], subject: Subject, missed: Exit, depth: number): Core {
    const patterns: VariantPattern[] = [];
    for (const row of rows) {
      const pattern = testOn(row, subject)?.pattern;
      if (pattern?.kind === 'variant') patterns.push(pattern);
    }
    const effects: Core[] = [];
    const inside = this.#fields(patterns, subject, effects);
    const left = rows.map(({ tests, arm }, i): Row => {
      const behind = tests.filter((test) => test.subject !== subject);
      return { tests: [...(inside[i] ?? []), ...behind], arm };
    });
    return seq(effects, this.among(left, missed, depth));
  }

  /** Loads the fields of a variant that any of its patterns asks for, each once; gives what each pattern tests of them. */
  #fields(patterns: readonly VariantPattern[], subject: Subject, effects: Core[]): Test[][] {
    const [first] = patterns;
    if (first === undefined) return [];
    const layout = this.frame.program.layouts.of(this.frame.ground(first.type));
    const places = layout.parts[first.variant] ?? [];
    const loaded: (Subject | undefined)[] = [];
    return patterns.map(({ fields }) => {
      const tests: Test[] = [];
      fields.forEach((field, i) => {
        if (field.kind === 'wildcard') return;
        const { rep, offset } = places[i] ?? { rep: null, offset: 0 };
        if (rep === null) return;
        const name = field.kind === 'bind' ? field.local.name : 'field';
        const part = loaded[i] ?? loadField(this.frame.slot(name, rep), load(rep, subject.read, offset), effects);
        loaded[i] = part;
        addTest(this.frame, part, field, tests);
      });
      return tests;
    });
  }
}

function loadField(slot: Slot, value: Core, effects: Core[]): Subject {
  effects.push(set(slot, value));
  return { read: get(slot), slot };
}

function unless(holds: Core | undefined, missed: Exit, effects: Core[]): void {
  if (holds !== undefined) effects.push(choose(null, not(holds), missed.leave(), NOTHING));
}

/** Behind the rows that, from the row `at` on, test the same union or Bool as its first test does. */
function endOfGroup(rows: readonly Row[], at: number): number {
  const first = rows[at]?.tests[0];
  let end = at + 1;
  if (first?.pattern.kind !== 'variant' && first?.pattern.kind !== 'bool') return end;
  for (let row = rows[end]; row !== undefined && testOn(row, first.subject) !== undefined; row = rows[end]) end++;
  return end;
}

function testOn(row: Row, subject: Subject): Test | undefined {
  return row.tests.find((test) => test.subject === subject);
}
