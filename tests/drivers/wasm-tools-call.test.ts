import { describe, expect, it } from 'vitest';
import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';
import { program } from '../wasm-host/rig.ts';

const PROGRAM = `module Calls

type Point = { x: Int64, y: Int64 }
type Shape =
  | Circle(centre: Point, radius: Float64)
  | Nothing

function add(a: Int64, b: Int64) -> Int64 { a + b }
function half(x: Float64) -> Float64 { x / 2.0 }
function negate(b: Bool) -> Bool { !b }
function greet(name: String) -> String { "Hello, " ++ name }
effect[Log] function say(text: String) -> Unit { print_string(text) }
function move(p: Point, dx: Int64) -> Point { { x: p.x + dx, y: p.y } }
function circle(radius: Float64) -> Shape { Circle({ x: 1, y: 2 }, radius) }
function positive(n: Int64) -> Option<Int64> { match n > 0 { True -> Some(n), False -> None } }
function orElse(n: Option<Int64>, fallback: Int64) -> Int64 { match n { Some(v) -> v, None -> fallback } }
function divide(a: Int64, b: Int64) -> Result<Int64, String> { match b { 0 -> Err("division by zero"), _ -> Ok(a / b) } }
function point(x: Int64) -> Result<Point, Point> { match x > 0 { True -> Ok({ x: x, y: 0 }), False -> Err({ x: x, y: 1 }) } }
function crash(a: Int64) -> Int64 { a / 0 }
function same(bytes: Bytes) -> Bytes { bytes }
function later(at: Timestamp) -> Timestamp { timestamp_add(at, 1) }
function counts(words: List<String>) -> List<Int64> { [length(words)] }
function twice(args: Int64) -> Int64 { args * 2 }
effect[FileSystem] function leave(code: Int64) -> Unit { exit(code) }
effect[FileSystem] function leaveNumber(code: Int64) -> Int64 { exit(code); 1 }
`;
const BIG = '9007199254740993';

let instance: ReturnType<typeof program> | undefined;
const call = (name: string, args: JsonObject) =>
  callTool((instance ??= program(PROGRAM, { stdout: () => undefined })), name, args);

const gives = (text: string, structuredContent: Json) => ({
  result: { content: [{ type: 'text', text }], structuredContent },
  fault: false,
});
const fails = (text: unknown, fault = false) => ({
  result: { content: [{ type: 'text', text }], isError: true },
  fault,
});

describe('a call with arguments by name', () => {
  it.each<[string, JsonObject, string, Json]>([
    ['add', { a: 2, b: 3 }, '5', { result: 5 }],
    ['add', { a: BIG, b: 0 }, BIG, { result: BIG }],
    ['add', { a: '-7', b: 0 }, '-7', { result: -7 }],
    ['half', { x: 3 }, '1.5', { result: 1.5 }],
    ['half', { x: '-Infinity' }, '-Infinity', { result: '-Infinity' }],
    ['negate', { b: true }, 'false', { result: false }],
    ['greet', { name: 'Zoë' }, 'Hello, Zoë', { result: 'Hello, Zoë' }],
    ['say', { text: 'x' }, '(no output)', { result: null }],
    ['move', { p: { x: 1, y: BIG }, dx: 4 }, `{"x":5,"y":"${BIG}"}`, { x: 5, y: BIG }],
    [
      'circle',
      { radius: 2 },
      '{"Circle":{"centre":{"x":1,"y":2},"radius":2}}',
      {
        result: { Circle: { centre: { x: 1, y: 2 }, radius: 2 } },
      },
    ],
    ['positive', { n: 3 }, '3', { result: 3 }],
    ['positive', { n: 0 }, 'null', { result: null }],
    ['orElse', { n: 3, fallback: 1 }, '3', { result: 3 }],
    ['orElse', { n: null, fallback: 1 }, '1', { result: 1 }],
    ['orElse', { fallback: 1 }, '1', { result: 1 }],
    ['divide', { a: 7, b: 2 }, '3', { result: 3 }],
    ['point', { x: 1 }, '{"x":1,"y":0}', { x: 1, y: 0 }],
    ['same', { bytes: 'aGk=' }, 'aGk=', { result: 'aGk=' }],
    ['later', { at: 1_700_000_000_000 }, '1700000000001', { result: 1_700_000_000_001 }],
    ['counts', { words: ['a', 'b'] }, '[2]', { result: [2] }],
    ['twice', { args: 4 }, '8', { result: 8 }],
  ])('%s(%j) is %s', (name, args, text, structured) => expect(call(name, args)).toEqual(gives(text, structured)));

  it.each<[string, JsonObject, string]>([
    ['divide', { a: 1, b: 0 }, 'division by zero'],
    ['point', { x: 0 }, '{"x":0,"y":1}'],
    ['add', { a: 1 }, 'The argument `b` (Int64) of `add` is missing.'],
    ['greet', { nmae: 'x' }, '`nmae` was given: did you mean `name`?'],
    ['orElse', { fallback: 1, m: 2 }, 'has no parameter `m`'],
    ['orElse', { fallback: 1, falback: 2 }, 'Did you mean `fallback`?'],
    ['add', { a: 1, b: 'two' }, '`b` is "two", where Int64 is expected.'],
    ['add', { a: 1, b: 2 ** 60 }, 'give it as text'],
    ['move', { p: { x: 1 }, dx: 1 }, '`p` has no field `y`.'],
    ['nothing', {}, 'The module has no function `nothing`.'],
    ['twice', { args: [4] }, '`args` is a list, where Int64 is expected.'],
  ])('%s(%j) says %s', (name, args, text) =>
    expect(call(name, args)).toEqual(fails(expect.stringContaining(text) as unknown)),
  );

  it('says that a trap is a fault, and goes on with the next call', () => {
    expect(call('crash', { a: 1 })).toEqual(fails('The program divided an Int64 by zero.', true));
    expect(call('add', { a: 2, b: 3 })).toEqual(gives('5', { result: 5 }));
  });

  it('takes exit(0) for an end where no value is promised', () => {
    expect(call('leave', { code: 0 })).toEqual(gives('(exit 0)', { result: null }));
    expect(call('leave', { code: 3 })).toEqual(fails('The program called exit(3).'));
    expect(call('leaveNumber', { code: 0 })).toEqual(fails(expect.stringContaining('gave no result') as unknown));
  });
});

describe("a call in the original's form", () => {
  const int = { kind: 'int64' };
  const text = { type: 'String' };
  const point = {
    kind: 'Record',
    fields: [
      { name: 'x', type: int },
      { name: 'y', type: int },
    ],
  };
  it.each<[string, JsonObject, string, Json]>([
    ['add', { args: [2, '3'] }, '5', { result: 5 }],
    ['add', { args: [BIG, 0], run_id: 'r1' }, BIG, { result: BIG }],
    ['negate', { args: [0] }, 'true', { result: true }],
    ['greet', { args: ['bob'] }, 'Hello, bob', { result: 'Hello, bob' }],
    ['greet', { args: [5], argTypes: [text] }, 'Hello, 5', { result: 'Hello, 5' }],
    [
      'greet',
      { args: ['bob'], allowStringArgs: true, expect_string_result: true },
      'Hello, bob',
      { result: 'Hello, bob' },
    ],
    [
      'move',
      { args: [{ x: 1, y: 2, z: 3 }, 1], arg_types: [point, int], result_type: point },
      '{"x":"2","y":"2"}',
      { x: 2, y: 2 },
    ],
    ['positive', { args: [0], resultType: { kind: 'Option', inner: int } }, 'null', { result: null }],
    ['divide', { args: [4, 2], resultType: { kind: 'RESULT', ok: int, err: text } }, '{"ok":"2"}', { result: 2 }],
    ['divide', { args: [4, 2] }, '2', { result: 2 }],
  ])('%s(%j) is %s', (name, args, shown, structured) => expect(call(name, args)).toEqual(gives(shown, structured)));

  it.each<[string, JsonObject, string]>([
    ['divide', { args: [4, 0], resultType: { kind: 'Result', ok: int, err: text } }, '{"err":"division by zero"}'],
    ['add', { args: [1] }, '`add` takes 2 arguments, and `args` has 1.'],
    ['add', { args: [1, 2, 3] }, '`add` takes 2 arguments, and `args` has 3.'],
    ['add', { args: [1, 'x'] }, '`b` is "x", where Int64 is expected.'],
  ])('%s(%j) says %s', (name, args, shown) => expect(call(name, args)).toEqual(fails(shown)));
});
