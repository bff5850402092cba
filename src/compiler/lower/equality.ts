import type { Core, CoreFunction, Slot } from '../core/core.ts';
import { viewOf, type Ground } from '../types/ground.ts';
import { byteSize, type FieldPlace } from '../types/layout.ts';
import type { FieldDecl } from '../types/type.ts';
import { call, choose, FALSE, get, i32, load, math, not, NOTHING, seq, TRUE } from './build.ts';
import { elementRep } from './element.ts';
import type { ProgramLowering } from './program-lowering.ts';

/** Bytes of the count at the start of a list (abi.md §2.2). */
const LIST_HEADER = 4;

/** i32 1 where two values of a type that can be compared (comparable.ts) are equal: by structure, Float64 as IEEE has it. */
export function equal(program: ProgramLowering, type: Ground, left: Core, right: Core): Core {
  switch (type.rep) {
    case null:
      return seq([left, right], TRUE);
    case 'i64':
      return math('i64.eq', left, right);
    case 'f64':
      return math('f64.eq', left, right);
    case 'i32':
      return equalWords(program, type, left, right);
  }
}

function equalWords(program: ProgramLowering, type: Ground, left: Core, right: Core): Core {
  const { con } = type;
  if (con?.kind === 'scalar') {
    if (con.name === 'Bool') return math('i32.eq', left, right);
    return { op: 'builtin', name: 'string_eq', args: [left, right] };
  }
  return call(equalityId(program, type), [left, right]);
}

/** The function that compares two lists, records or unions of a type. */
function equalityId(program: ProgramLowering, type: Ground): number {
  const { con } = type;
  const module = con?.kind === 'record' || con?.kind === 'union' ? con.module : '';
  const name = module === '' ? `eq$${type.name}` : `${module}$eq$${type.name}`;
  return program.once(`eq ${String(type.id)}`, () => {
    const a: Slot = { name: 'a', rep: 'i32' };
    const b: Slot = { name: 'b', rep: 'i32' };
    const body = con?.kind === 'container' ? listBody(program, type, a, b) : new Structure(program, type, a, b).body();
    return { name, params: [a, b], result: 'i32', body, closure: false };
  });
}

function listBody(program: ProgramLowering, type: Ground, a: Slot, b: Slot): Core {
  const length = load('i32', get(a), 0);
  const same = math('i32.eq', length, load('i32', get(b), 0));
  const elements = program.once(`eq elements ${String(type.id)}`, () => elementsFunction(program, type));
  return choose('i32', same, call(elements, [get(a), get(b), length]), FALSE);
}

/** (a, b, left): whether the next `left` elements are equal; the addresses walk along. */
function elementsFunction(program: ProgramLowering, type: Ground): CoreFunction {
  const element = type.args[0];
  const rep = elementRep(element);
  const a: Slot = { name: 'a', rep: 'i32' };
  const b: Slot = { name: 'b', rep: 'i32' };
  const left: Slot = { name: 'left', rep: 'i32' };
  const at = (list: Slot) => load(rep, get(list), LIST_HEADER);
  const same = element === undefined || element.rep === null ? TRUE : equal(program, element, at(a), at(b));
  const step = (slot: Slot, by: number) => math('i32.add', get(slot), i32(by));
  const next: Core = { op: 'recur', args: [step(a, byteSize(rep)), step(b, byteSize(rep)), step(left, -1)] };
  const body = choose('i32', not(get(left)), TRUE, choose('i32', same, next, FALSE));
  return { name: `eq$${type.name}$elements`, params: [a, b, left], result: 'i32', body, closure: false };
}

/** The body of the equality of a record or a union. */
class Structure {
  #labels = 0;

  constructor(
    private readonly program: ProgramLowering,
    private readonly type: Ground,
    private readonly a: Slot,
    private readonly b: Slot,
  ) {}

  body(): Core {
    const { con } = this.type;
    const { parts } = this.program.layouts.of(this.type);
    if (con?.kind === 'record') return this.#fields(con.fields, parts[0] ?? []);
    if (con?.kind !== 'union') return FALSE;
    const tag = (slot: Slot) => load('i32', get(slot), 0);
    const arms = con.variants.map(({ fields }, i) => this.#fields(fields, parts[i] ?? []));
    const payload: Core = con.variants.every(({ fields }) => fields.length === 0)
      ? TRUE
      : { op: 'switch', rep: 'i32', tag: tag(this.a), arms };
    return choose('i32', math('i32.eq', tag(this.a), tag(this.b)), payload, FALSE);
  }

  /** Field by field; where the last one is of the type itself, as the tail of a linked list is, the comparison goes on in a loop. */
  #fields(fields: readonly FieldDecl[], places: readonly FieldPlace[]): Core {
    const { con, args } = this.type;
    if (con?.kind !== 'record' && con?.kind !== 'union') return FALSE;
    const view = viewOf(this.program.types, con, args);
    const tests: Core[] = [];
    let value: Core = TRUE;
    fields.forEach((field, i) => {
      const { rep, offset } = places[i] ?? { rep: null, offset: 0 };
      if (rep === null) return;
      if (value !== TRUE) tests.push(value);
      const type = view.ground(field.type);
      const operands = [load(rep, get(this.a), offset), load(rep, get(this.b), offset)] as const;
      const last = type === this.type && i === fields.length - 1;
      value = last ? { op: 'recur', args: operands } : equal(this.program, type, ...operands);
    });
    return this.#all(tests, value);
  }

  #all(tests: readonly Core[], value: Core): Core {
    const [test] = tests;
    if (test === undefined) return value;
    if (tests.length === 1) return choose('i32', test, value, FALSE);
    const label = this.#labels++;
    const effects = tests.map((each) => choose(null, each, NOTHING, { op: 'leave', label, value: FALSE }));
    return { op: 'scope', rep: 'i32', label, body: seq(effects, value) };
  }
}
