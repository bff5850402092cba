import { describe, expect, it } from 'vitest';
import { customSection } from '../../src/compiler/interface/custom-section.ts';
import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../helpers/clarity-compile.ts';

const PROGRAM = `module Raw
type Point = { x: Int64, ok: Bool }
function add(a: Int64, b: Int64) -> Int64 { a + b }
function half(x: Float64) -> Float64 { x / 2.0 }
function negate(b: Bool) -> Bool { !b }
function greet(name: String) -> String { "Hello, " ++ name }
function move(p: Point) -> Point { { x: p.x + 1, ok: !p.ok } }
function positive(n: Int64) -> Option<Int64> { match n > 0 { True -> Some(n), False -> None } }
function check(b: Bool) -> Result<Int64, String> { match b { True -> Ok(1), False -> Err("no") } }
effect[Log] function say(text: String) -> Unit { print_string(text) }
`;

/** A module that tells no types: what it tells of itself is no JSON any more. */
function untold(): Uint8Array {
  const wasm = wasmOf(compileText(PROGRAM)).slice();
  const content = customSection(wasm, 'clarity:interface');
  if (content !== undefined) content[0] = 0x20;
  return wasm;
}

const instance = instantiate(untold(), { stdout: () => undefined });
const call = (name: string, args: JsonObject) => callTool(instance, name, args);
const int = { kind: 'Int64' };
const text = { kind: 'string' };
const point = {
  kind: 'Record',
  fields: [
    { name: 'x', type: int },
    { name: 'ok', type: { kind: 'Boolean' } },
  ],
};

describe('a function of a module that tells no types', () => {
  it.each<[string, JsonObject, string]>([
    ['add', { args: [2, '3'] }, '5'],
    ['add', { args: ['9007199254740993', true] }, '9007199254740994'],
    ['half', { args: [3] }, '1.5'],
    ['half', { args: ['0.5'] }, '0.25'],
    ['negate', { args: [false] }, '1'],
    ['negate', { args: [1], resultType: { kind: 'bool' } }, 'false'],
    ['greet', { args: ['bob'], allowStringArgs: true, expectStringResult: true }, 'Hello, bob'],
    ['greet', { args: ['bob'], arg_types: [text], result_type: text }, 'Hello, bob'],
    ['greet', { args: [7], argTypes: [text], expect_string_result: true }, 'Hello, 7'],
    ['move', { args: [{ x: '4', ok: 1, more: 0 }], argTypes: [point], resultType: point }, '{"x":"5","ok":false}'],
    ['positive', { args: [3], resultType: { kind: 'Option', inner: int } }, '"3"'],
    ['positive', { args: [0], resultType: { kind: 'Option', inner: int } }, 'null'],
    [
      'check',
      { args: ['0'], argTypes: [{ kind: 'Bool' }], resultType: { kind: 'Result', ok: int, err: text } },
      '{"err":"no"}',
    ],
    ['say', { args: ['x'], allow_string_args: true }, '(no output)'],
    ['add', { args: [1, 2], argTypes: [{ kind: 'Map' }, int] }, '3'],
  ])('%s(%j) is %s', (name, args, shown) =>
    expect(call(name, args)).toEqual({ result: { content: [{ type: 'text', text: shown }] }, fault: false }),
  );

  it.each<[string, JsonObject, string]>([
    ['add', { args: [1] }, '`add` takes 2 arguments, and `args` has 1.'],
    ['add', { args: [1, 2, 3] }, '`args` has 3.'],
    ['add', { a: 1, b: 2 }, 'takes its arguments as a list by position'],
    ['add', { args: [1.5, 2] }, '`args[0]` is the number 1.5, where a number (i64) is expected.'],
    ['add', { args: [2 ** 60, 2] }, 'where a number (i64) is expected'],
    ['add', { args: ['99999999999999999999', 2] }, 'where a number (i64) is expected'],
    ['greet', { args: ['bob'] }, 'set `allowStringArgs`'],
    ['greet', { args: [null] }, '`args[0]` is null'],
    ['negate', { args: [2 ** 40] }, 'where a number (i32) is expected'],
    ['add', { args: ['x', 1], argTypes: [text] }, '`argTypes[0]` says String, but the function has i64 there.'],
    ['say', { args: [0], resultType: int }, '`resultType` says Int64, but the function gives nothing.'],
    ['none', { args: [] }, 'cannot be called: it is not there'],
  ])('%s(%j) says %s', (name, args, shown) => {
    const { result, fault } = call(name, args);
    expect({ fault, isError: result.isError }).toEqual({ fault: false, isError: true });
    expect(JSON.stringify(result.content)).toContain(shown);
  });

  it('may be given any address, which is no harm', () => {
    expect(call('greet', { args: [-1], expectStringResult: true })).toMatchObject({
      result: { isError: true },
      fault: true,
    });
  });
});
