import { describe, expect, it } from 'vitest';
import { OP } from '../../../src/compiler/wasm/opcodes.ts';
import { printWat } from '../../../src/compiler/wasm/print-wat.ts';
import {
  builtin,
  bytesOf,
  closure,
  f64,
  fun,
  get,
  host,
  i32,
  i64,
  invoke,
  list,
  load,
  math,
  on,
  program,
  recur,
  slot,
  switchOn,
  text,
  when,
} from './harness.ts';

const n = slot('n', 'i64');

describe('printWat', () => {
  it('prints a module in the standard text form', () => {
    const next = recur(math('i64.sub', get(n), i64(1)));
    const body = when('i64', math('i64.eqz', get(n)), host('string_length', text('a"\n')), next);
    expect(printWat(bytesOf(program(fun('Main$f', [n], 'i64', body))))).toMatchInlineSnapshot(`
      "(module
        (type (;0;) (func (param i32) (result i64)))
        (type (;1;) (func (param i64) (result i64)))
        (import "env" "string_length" (func $env.string_length (type 0) (param i32) (result i64)))
        (memory 1 256)
        (global i32 (i32.const 8))
        (export "memory" (memory 0))
        (export "__heap_base" (global 0))
        (export "Main$f" (func $Main$f))
        (func $Main$f (type 1) (param i64) (result i64)
          loop (result i64)
            local.get 0
            i64.eqz
            if (result i64)
              i32.const 0
              call $env.string_length
            else
              local.get 0
              i64.const 1
              i64.sub
              local.set 0
              br 1
            end
          end
        )
        (data (i32.const 0) "\\03\\00\\00\\00a\\22\\0a")
        (@custom "clarity:interface" "{\\22version\\22:1,\\22module\\22:\\22Test\\22,\\22functions\\22:[],\\22types\\22:[]}")
      )
      "
    `);
  });

  it('knows every instruction of the emitter', () => {
    const [xs, x, y] = [slot('xs', 'i32'), slot('x', 'f64'), slot('y', 'i32')];
    const operations = Object.keys(OP).filter(
      (name) => /^[if]\d\d\.\w+$/.test(name) && !/const|load|store|shl|shr|_u$/.test(name),
    );
    const zero = { i32: get(y), i64: get(n), f64: get(x) };
    const functions = operations.map((name: any) => {
      const rep = /reinterpret_f64/.test(name)
        ? 'f64'
        : /wrap_i64|reinterpret_i64/.test(name)
          ? 'i64'
          : /extend/.test(name)
            ? 'i32'
            : (name.slice(0, 3) as 'i32');
      const unary = /eqz|neg|reinterpret|wrap|extend/.test(name);
      return fun(name, [n, x, y], null, {
        op: 'seq',
        effects: [math(name, ...(unary ? [zero[rep]] : [zero[rep], zero[rep]]))],
        value: null,
      });
    });
    const lists = (
      ['list_append', 'list_concat', 'list_set', 'list_reverse', 'list_tail', 'list_get', 'list_length'] as const
    ).map((name) => {
      const args = {
        list_append: [get(x)],
        list_concat: [get(xs)],
        list_set: [get(n), get(x)],
        list_get: [get(n)],
      } as Record<string, any[]>;
      return fun(
        name,
        [xs, n, x],
        name === 'list_length' ? 'i64' : name === 'list_get' ? 'f64' : 'i32',
        on('f64', name, get(xs), ...(args[name] ?? [])),
      );
    });
    const owned = slot('owned', 'i32');
    const grows = fun('grows', [xs, owned], null, {
      op: 'grow',
      name: 'list_append',
      element: 'i64',
      target: xs,
      owned,
      args: [i64(1)],
    });
    const core = program(
      ...functions,
      ...lists,
      fun('eq', [xs], 'i32', builtin('string_eq', get(xs), text('x'))),
      fun('compare', [xs], 'i32', builtin('string_compare', get(xs), text('x'))),
      fun('join', [xs], 'i32', builtin('string_concat', get(xs), text('x'))),
      fun('choose', [y], 'i64', switchOn('i64', get(y), i64(-1), i64(2))),
      fun('floats', [], 'i32', list('f64', f64(NaN), f64(-0), f64(1e21), math('f64.neg', f64(-Infinity)))),
      fun('call', [n, xs], 'i64', invoke(['i64'], 'i64', get(xs), load('i64', closure(0, get(n)), 8))),
      grows,
      fun('closed', [y, n], 'i64', get(n), true),
    );
    const all = { ...core, functions: core.functions.map((fn, at) => (at === 0 ? { ...fn, closure: true } : fn)) };
    const wat = printWat(bytesOf(all));
    const missing = Object.keys(OP).filter((name) => !new RegExp(`^ *${name.replace('.', '\\.')}( |$)`, 'm').test(wat));
    expect(missing).toEqual([]);
    expect(wat).toMatch(/f64\.const nan[^]*f64\.const -0[^]*f64\.const 1e\+21[^]*f64\.const -inf/);
    expect(wat.split('(').length).toBe(wat.split(')').length);
  });

  it('gives every function a name of its own that the text format allows', () => {
    const wat = printWat(
      bytesOf(
        program(
          fun('M$f$Map<String, Int64>', [], 'i64', i64(1)),
          fun('M$f$Map<String__Int64>', [], 'i64', i64(2)),
          fun('ü', [], 'i32', i32(1)),
        ),
      ),
    );
    expect(wat.match(/^ {2}\(func \S+/gm)).toEqual([
      '  (func $M$f$Map<String__Int64>',
      '  (func $M$f$Map<String__Int64>#1',
      '  (func $_',
    ]);
  });
});
