import { describe, expect, it } from 'vitest';
import { checkText } from './check-text.ts';

const TYPES = 'type C = | Red | Green | Mix(a: Bool, b: Option<Bool>)\ntype T = | Leaf | Node(l: T, r: T)\n';
const check = (type: string, arms: string) =>
  checkText(`${TYPES}function f(x: ${type}, b: Bool) -> Int64 { match x { ${arms} } }`).findings;
const missing = (type: string, arms: string) => {
  const [found] = check(type, arms).filter(({ kind }) => kind === 'non-exhaustive');
  return found === undefined ? [] : [...found.message.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
};

describe('what a match does not cover', () => {
  it.each([
    ['Bool', 'True -> 1', ['False']],
    ['Bool', 'True if b -> 1, False -> 2', ['True']],
    ['Bool', 'True -> 1, False -> 2', []],
    ['C', 'Red -> 1', ['Green', 'Mix(_, _)']],
    ['C', 'Red -> 1, Green -> 2, Mix(_, _) -> 3', []],
    ['C', 'Red -> 1, Green -> 2, Mix(True, _) -> 3', ['Mix(False, _)']],
    [
      'C',
      'Red -> 1, Green -> 2, Mix(True, Some(_)) -> 3, Mix(False, None) -> 4',
      ['Mix(False, Some(_))', 'Mix(True, None)'],
    ],
    ['C', 'Red -> 1, Green -> 2, Mix(b: None, a: _) -> 3, Mix(b: Some(True), a: _) -> 4', ['Mix(_, Some(False))']],
    ['Option<Option<Int64>>', 'Some(Some(_)) -> 1, None -> 2', ['Some(None)']],
    ['Option<Int64>', 'Some(1) -> 1, Some(2..9) -> 2, None -> 3', ['Some(_)']],
    ['Result<Option<Int64>, String>', 'Ok(Some(_)) -> 1, Err("a") -> 2', ['Ok(None)', 'Err(_)']],
    ['T', 'Leaf -> 1, Node(Leaf, _) -> 2, Node(_, Leaf) -> 3', ['Node(Node(_, _), Node(_, _))']],
    ['T', 'Leaf -> 1, Node(l, r) -> 2', []],
    ['Int64', '1 -> 1, 2..9 -> 2', ['Int64']],
    ['Int64', '1 -> 1, n if n > 1 -> 2', ['Int64']],
    ['Int64', '1 -> 1, n -> 2', []],
    ['String', '"a" -> 1', ['String']],
    ['Float64', '1.5 -> 1', ['Float64']],
    ['List<Int64>', 'xs if b -> 1', ['List<Int64>']],
    ['C', '', ['Red', 'Green', 'Mix(_, _)']],
  ] as const)('%s: %s', (type, arms, expected) => {
    expect(missing(type, arms)).toEqual(expected);
  });

  it('asks for an arm for all other values where the combinations are too many to tell', () => {
    const width = 24;
    const list = (each: (i: number) => string) => Array.from({ length: width }, (_, i) => each(i)).join(', ');
    const fields = list((i) => `f${i}: Bool`);
    const arms = list(
      (row) => `V(${list((i) => (i === row ? 'True' : i === (row + 5) % width ? 'False' : '_'))}) -> ${row}`,
    );
    const found = (all: string) =>
      checkText(`type W = | V(${fields})\nfunction f(w: W) -> Int64 { match w { ${all} } }`).findings;
    expect(found(`${arms}, _ -> 0`)).toEqual([]);
    expect(found(arms).map(({ kind, message }) => [kind, message])).toEqual([
      ['non-exhaustive', 'This match has too many combinations to see whether it covers every value.'],
    ]);
  });
});

describe('arms that can never match', () => {
  const unreachable = (type: string, arms: string) =>
    check(type, arms)
      .filter(({ kind }) => kind === 'unreachable-arm')
      .map(({ source, span }) => source.text.slice(span.start, span.end));

  it.each([
    ['Bool', 'True -> 1, False -> 2, _ -> 3', ['_']],
    ['C', 'Red -> 1, Red -> 2, _ -> 3', ['Red']],
    ['C', 'Red if b -> 1, Red -> 2, _ -> 3', []],
    ['C', '_ -> 1, Red if b -> 2', []],
    ['Int64', '5 -> 1, 1..9 -> 2, 5 -> 3, 6 -> 4, _ -> 5', ['5', '6']],
    ['Int64', '1..5 -> 1, 6..9 -> 2, 7 -> 3, _ -> 4', ['7']],
    ['String', '"a" -> 1, "b" -> 2, "a" -> 3, _ -> 4', ['"a"']],
    ['Float64', '1.5 -> 1, 1.50 -> 2, _ -> 3', ['1.50']],
    ['Option<Int64>', 'Some(1) -> 1, Some(_) -> 2, Some(3) -> 3, None -> 4', ['Some(3)']],
    ['Option<Int64>', 'Some(1..4) -> 1, Some(5) -> 1, Some(2..5) -> 2, _ -> 4', ['Some(2..5)']],
    ['Option<Int64>', 'Some(1..4) -> 1, Some(6) -> 1, Some(2..6) -> 2, _ -> 4', []],
    ['C', 'Mix(True, _) -> 1, Mix(_, None) -> 2, Mix(True, None) -> 3, _ -> 4', ['Mix(True, None)']],
  ] as const)('%s: %s', (type, arms, expected) => {
    expect(unreachable(type, arms)).toEqual(expected);
  });

  it.each([
    ['1..5 -> 1, 5..9 -> 2, _ -> 3', 1],
    ['1..5 -> 1, 6..9 -> 2, _ -> 3', 0],
    ['1..9 -> 1, 2..3 -> 2, _ -> 3', 1],
    ['1..5 if b -> 1, 1..5 -> 2, _ -> 3', 0],
    ['1..5 -> 1, 3 -> 2, _ -> 3', 0],
  ])('overlapping ranges in %s: %i', (arms, count) => {
    expect(check('Int64', arms).filter(({ kind }) => kind === 'range-overlap')).toHaveLength(count);
  });
});
