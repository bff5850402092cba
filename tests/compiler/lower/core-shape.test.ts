import { expect, it } from 'vitest';

import { check } from '../../../src/compiler/compile.ts';
import type { Core, CoreFunction } from '../../../src/compiler/core/core.ts';
import { Reporter } from '../../../src/compiler/diagnostics/reporter.ts';
import { lowerProgram } from '../../../src/compiler/lower/lower-program.ts';

function functions(text: string): readonly CoreFunction[] {
  const { program } = check({ path: '/main.clarity', text }, { resolve: () => undefined });
  if (program === undefined) throw new Error('the program has errors');
  return lowerProgram(program, new Reporter()).functions;
}

/** A short text form: enough to see what the optimiser is given. */
function show(core: Core | null): string {
  if (core === null) return '()';
  const all = (parts: readonly Core[]) => parts.map(show).join(', ');
  switch (core.op) {
    case 'get':
      return core.slot.name;
    case 'set':
      return `${core.slot.name} := ${show(core.value)}`;
    case 'i32':
    case 'i64':
    case 'f64':
    case 'text':
      return String(core.value);
    case 'seq':
      return `{${[...core.effects, ...(core.value === null ? [] : [core.value])].map(show).join('; ')}}`;
    case 'if':
      return `if ${show(core.test)} then ${show(core.then)} else ${show(core.else)}`;
    case 'switch':
      return `switch ${show(core.tag)} [${all(core.arms)}]`;
    case 'load':
      return `${show(core.pointer)}@${core.offset}`;
    case 'math':
    case 'builtin':
      return `${core.name}(${all(core.args)})`;
    case 'recur':
      return `recur(${all(core.args)})`;
    case 'call':
      return `call ${core.fn}(${all(core.args)})`;
    case 'scope':
      return `scope ${core.label} ${show(core.body)}`;
    case 'leave':
      return `leave ${core.label} ${show(core.value)}`;
    default:
      return core.op;
  }
}
const body = (text: string, name: string) => show(functions(text).find((fn) => fn.name === name)?.body ?? null);

it('a loop with an accumulator hands its new values straight to the jump', () => {
  expect(
    body(
      `module M
function go(xs: List<Int64>, acc: List<Int64>) -> List<Int64> { match is_empty(xs) { True -> acc, False -> go(tail(xs), append(acc, head(xs) * 2)) } }`,
      'go',
    ),
  ).toBe(
    'if i64.eqz(list_length(xs)) then acc else recur(list_tail(xs), list_append(acc, i64.mul(list_get(xs, 0), 2)))',
  );
});

it('a union is one switch on its tag, with the fields that are used loaded in its arms', () => {
  expect(
    body(
      `module M
type S = | Dot | Circle(r: Int64) | Rect(w: Int64, h: Int64, name: String)
export function area(s: S) -> Int64 { match s { Dot -> 0, Circle(r) -> r * r, Rect(w, h, _) -> w * h } }`,
      'area',
    ),
  ).toBe('switch s@0 [0, {r := s@8; i64.mul(r, r)}, {w := s@8; h := s@16; i64.mul(w, h)}]');
});

it('arms are made once, also where guards and wildcards stand between variants', () => {
  expect(
    body(
      `module M
export function f(o: Option<Int64>, n: Int64) -> Int64 { match o { Some(1) -> 10, None if n > 0 -> 20, _ if n > 5 -> 30, Some(k) -> k, None -> 40 } }`,
      'f',
    ),
  ).toBe(
    'scope 1 {scope 0 leave 1 switch o@0 [{field := o@8; if i64.eq(field, 1) then 10 else leave 0 ()}, if i64.gt_s(n, 0) then 20 else leave 0 ()]; ' +
      'if i64.gt_s(n, 5) then leave 1 30 else {}; switch o@0 [{k := o@8; k}, 40]}',
  );
});
