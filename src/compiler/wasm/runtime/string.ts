import type { FunctionCode } from '../function-code.ts';
import { CONTENT } from '../layout.ts';
import type { RuntimeFunction } from '../module-builder.ts';
import { OP } from '../opcodes.ts';
import { increase, pushContent, pushCount } from './assembly.ts';

/** Most parts that one function joins: parts of the largest size cannot overflow their sum. */
export const MAX_PARTS = 32;

const concats = new Map<number, RuntimeFunction>();

/** Joins this many strings: their lengths are summed, memory is taken once. */
export function stringConcat(parts: number): RuntimeFunction {
  let made = concats.get(parts);
  if (made === undefined) {
    made = {
      name: `string_concat_${parts}`,
      params: new Array<'i32'>(parts).fill('i32'),
      result: 'i32',
      build: (f, module) => buildConcat(f, module.import('__alloc').ref, parts),
    };
    concats.set(parts, made);
  }
  return made;
}

function buildConcat(f: FunctionCode, alloc: number, parts: number): void {
  const total = f.local('i32');
  const to = f.local('i32');
  const text = f.local('i32');
  for (let part = 0; part < parts; part++) {
    pushCount(f, part);
    if (part > 0) f.op(OP['i32.add']);
  }
  f.set(total);
  f.get(total);
  f.i32(CONTENT);
  f.op(OP['i32.add']);
  f.call(alloc);
  f.set(text);
  f.get(text);
  f.get(total);
  f.store('i32', 0);
  pushContent(f, text);
  f.set(to);
  for (let part = 0; part < parts; part++) {
    f.get(to);
    pushContent(f, part);
    pushCount(f, part);
    f.memoryCopy();
    if (part === parts - 1) break;
    f.get(to);
    pushCount(f, part);
    f.op(OP['i32.add']);
    f.set(to);
  }
  f.get(text);
}

/** (a, b) -> 1 when the bytes are equal, else 0: the addresses decide, then the lengths, then eight bytes at a time. */
export const STRING_EQ: RuntimeFunction = {
  name: 'string_eq',
  params: ['i32', 'i32'],
  result: 'i32',
  build(f) {
    const [a, b] = [0, 1];
    const end = f.local('i32');
    f.get(a);
    f.get(b);
    f.op(OP['i32.eq']);
    answerIf(f, 1);
    pushCount(f, a);
    pushCount(f, b);
    f.op(OP['i32.ne']);
    answerIf(f, 0);
    f.get(a);
    pushCount(f, a);
    f.op(OP['i32.add']);
    f.set(end);
    // The counts are equal and not of interest any more: from here `a` and `b` run over the bytes.
    whileEqual(f, a, b, end, 8, () => answer(f, 0));
    whileEqual(f, a, b, end, 1, () => answer(f, 0));
    f.i32(1);
  },
};

/**
 * (a, b) -> below, at or above 0, in the order of UTF-16 code units. UTF-8 has the order of code points: it differs only where a character
 * beyond U+FFFF (lead byte F0 to F4, surrogates in UTF-16) meets one of U+E000 to U+FFFF (lead byte EE or EF).
 */
export const STRING_COMPARE: RuntimeFunction = {
  name: 'string_compare',
  params: ['i32', 'i32'],
  result: 'i32',
  build(f) {
    const [a, b] = [0, 1];
    const end = f.local('i32');
    const difference = f.local('i32');
    pushCount(f, a);
    pushCount(f, b);
    f.op(OP['i32.sub']);
    f.set(difference);
    f.get(a);
    pushCount(f, b);
    pushCount(f, a);
    pushCount(f, a);
    pushCount(f, b);
    f.op(OP['i32.gt_u']);
    f.op(OP.select);
    f.op(OP['i32.add']);
    f.set(end);
    f.open(OP.block, null);
    const different = f.depth;
    whileEqual(f, a, b, end, 8, () => f.branch(OP.br, different));
    f.close();
    whileEqual(f, a, b, end, 1, () => {
      pushRank(f, a);
      pushRank(f, b);
      f.op(OP['i32.sub']);
      f.op(OP.return);
    });
    f.get(difference);
  },
};

/** The byte at `at`, with the lead bytes EE and EF above all others. */
function pushRank(f: FunctionCode, at: number): void {
  f.get(at);
  f.memory(OP['i32.load8_u'], 0, CONTENT);
  f.get(at);
  f.memory(OP['i32.load8_u'], 0, CONTENT);
  // EE and EF are the two of 0xEE | 1.
  f.i32(1);
  f.op(OP['i32.or']);
  f.i32(0xef);
  f.op(OP['i32.eq']);
  f.i32(4);
  f.op(OP['i32.shl']);
  f.op(OP['i32.add']);
}

/** Moves `a` and `b` on by `step` (8 or 1) bytes while as many are left before `end` (of `a`); runs `unequal` where they differ. */
function whileEqual(f: FunctionCode, a: number, b: number, end: number, step: 1 | 8, unequal: () => void): void {
  const load = step === 8 ? OP['i64.load'] : OP['i32.load8_u'];
  f.open(OP.block, null);
  const done = f.depth;
  f.open(OP.loop, null);
  const again = f.depth;
  f.get(end);
  f.get(a);
  f.op(OP['i32.sub']);
  f.i32(step);
  f.op(OP['i32.lt_u']);
  f.branch(OP.br_if, done);
  for (const text of [a, b]) {
    f.get(text);
    f.memory(load, 0, CONTENT);
  }
  f.op(step === 8 ? OP['i64.ne'] : OP['i32.ne']);
  f.open(OP.if, null);
  unequal();
  f.close();
  increase(f, a, step);
  increase(f, b, step);
  f.branch(OP.br, again);
  f.close();
  f.close();
}

function answerIf(f: FunctionCode, value: number): void {
  f.open(OP.if, null);
  answer(f, value);
  f.close();
}

function answer(f: FunctionCode, value: number): void {
  f.i32(value);
  f.op(OP.return);
}
