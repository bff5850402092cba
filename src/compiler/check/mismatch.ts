import type { Span } from '../source/source-file.ts';
import { FLOAT64, INT64, STRING, UNIT, type Type, type TypeConstructor } from '../types/type.ts';
import type { Body } from './body.ts';

const CONVERSIONS = new Map<string, string>([
  ['Int64 String', 'Write `int_to_string(…)`.'],
  ['Float64 String', 'Write `float_to_string(…)`.'],
  ['Bool String', 'Write `match … { True -> "True", False -> "False" }`.'],
  ['Timestamp String', 'Write `timestamp_to_string(…)`.'],
  ['Bytes String', 'Write `bytes_to_string(…)`.'],
  ['Int64 Float64', 'Write `int_to_float(…)`.'],
  ['Float64 Int64', 'Write `float_to_int(…)`, which cuts off the fraction.'],
  ['String Int64', 'Write `string_to_int(…)`, which gives an `Option<Int64>`.'],
  ['String Float64', 'Write `string_to_float(…)`, which gives an `Option<Float64>`.'],
  ['Timestamp Int64', 'Write `timestamp_to_int(…)`.'],
  ['Int64 Timestamp', 'Write `timestamp_from_int(…)`.'],
  ['String Bytes', 'Write `bytes_from_string(…)`.'],
  ['Int64 Bool', 'There is no conversion: compare, as in `n != 0`.'],
]);

/**
 * How to make a value of one type of a value of another, with the text of the value at `at` filled in; without a place it is the value of a
 * whole body. Undefined where there is no usual way.
 */
export function mismatchHelp(body: Body, given: Type, wanted: Type, at?: Span): string | undefined {
  const from = body.unifier.zonk(given);
  const to = body.unifier.zonk(wanted);
  if (to.kind === 'param')
    return `\`${to.name}\` stands for any type that a caller chooses: only a value of type \`${to.name}\` fits.`;
  if (to.kind !== 'con') return undefined;
  if (from.kind === 'con' && from.con !== to.con && from.con.name === to.con.name)
    return twoOfOneName(from.con, to.con);
  const help = conversion(from, to.con.name, at === undefined);
  if (help === undefined || at === undefined) return help;
  const text = body.excerpt(at);
  if (from === INT64 && to === FLOAT64 && /^\d+$/.test(text)) return `Write \`${text}.0\`.`;
  if (from === STRING && to === INT64 && /^"\d+"$/.test(text)) return `Write \`${text.slice(1, -1)}\`.`;
  return help.replace('(…)', `(${text})`).replace('match … {', `match ${text} {`);
}

function conversion(from: Type, target: string, whole: boolean): string | undefined {
  if (from.kind === 'con') {
    const known = CONVERSIONS.get(`${from.con.name} ${target}`);
    if (known !== undefined) return known;
    if (from.con.name === 'Option') return 'Take the value out with `match … { Some(x) -> …, None -> … }`.';
    if (from.con.name === 'Result') return 'Take the value out with `match … { Ok(x) -> …, Err(e) -> … }`.';
    if (whole && from === UNIT)
      return 'A block whose last expression is followed by `;` gives `Unit`: leave that `;` out.';
  }
  if (target === 'Option') return 'Wrap the value: `Some(…)`.';
  if (target === 'Result') return 'Wrap the value: `Ok(…)`, or `Err(…)` for a failure.';
  return whole && target === 'Unit' ? 'Put a `;` behind the last expression to drop its value.' : undefined;
}

function twoOfOneName(from: TypeConstructor, to: TypeConstructor): string {
  const [given, wanted] = [from, to].map((con) =>
    'module' in con && con.module !== '' ? `of module \`${con.module}\`` : 'built in',
  );
  return `These are two types of one name: the value's is ${given ?? ''}, the other is ${wanted ?? ''}.`;
}
