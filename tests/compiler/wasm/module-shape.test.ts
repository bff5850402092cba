import { describe, expect, it } from 'vitest';
import { IMPORT_NAMES, importSignature } from '../../../src/compiler/wasm/imports.ts';
import { encodeModule } from '../../../src/compiler/wasm/encode-module.ts';
import {
  builtin,
  bytesOf,
  call,
  closure,
  DESCRIPTION,
  f64,
  fun,
  get,
  host,
  i32,
  i64,
  list,
  math,
  on,
  program,
  slot,
  start,
  text,
  trap,
  Wasm,
} from './harness.ts';

const n = slot('n', 'i64');
const exportsOf = (wasm: Uint8Array) => Wasm.Module.exports(new Wasm.Module(wasm));
const importsOf = (wasm: Uint8Array) => Wasm.Module.imports(new Wasm.Module(wasm)).map((entry: any) => entry.name);

describe('the module', () => {
  it('exports memory, __heap_base and the functions', () => {
    const wasm = bytesOf(program(fun('main', [], 'i64', i64(1)), fun('Ünï$x', [], null, trap)));
    expect(exportsOf(wasm)).toEqual([
      { name: 'memory', kind: 'memory' },
      { name: '__heap_base', kind: 'global' },
      { name: 'main', kind: 'function' },
      { name: 'Ünï$x', kind: 'function' },
    ]);
  });

  it('is valid when a function has the name of a standard export', () => {
    const wasm = bytesOf(program(fun('memory', [], 'i64', i64(1)), fun('__heap_base', [], null, trap)));
    expect(exportsOf(wasm).map(({ kind }: any) => kind)).toEqual(['memory', 'global']);
  });

  it('imports what it uses, in the order of use, and nothing else', () => {
    const body = math('f64.rem', host('sqrt', f64(2)), host('sqrt', f64(3)));
    expect(importsOf(bytesOf(program(fun('f', [], 'f64', body))))).toEqual(['sqrt', 'f64_rem']);
    expect(importsOf(bytesOf(program(fun('f', [], 'i64', i64(1)))))).toEqual([]);
    const append = on('i64', 'list_append', list('i64'), i64(1));
    expect(importsOf(bytesOf(program(fun('f', [], 'i32', append))))).toEqual(['__alloc']);
    expect(importsOf(bytesOf(program(fun('f', [], 'i32', list('i64', i64(1))))))).toEqual([]);
  });

  it('can call every host function', () => {
    const zeros = { i32: i32(0), i64: i64(0), f64: f64(0) };
    const functions = IMPORT_NAMES.map((name) => {
      const { params, result } = importSignature(name)!;
      return fun(`call_${name}`, [], result, host(name, ...params.map((rep) => zeros[rep])));
    });
    expect(importsOf(bytesOf(program(...functions)))).toEqual(IMPORT_NAMES);
  });

  it('is the same for the same program', () => {
    const make = () => {
      const body = builtin('string_concat', text('a'), host('int_to_string', get(n)), text('b'));
      return bytesOf(
        program(
          fun('f', [n], 'i32', body),
          fun('g', [n], 'i32', closure(2)),
          fun('h', [slot('e', 'i32')], null, trap, true),
        ),
      );
    };
    expect(make()).toEqual(make());
  });

  it('has its data from address 0 and the heap behind it', () => {
    const wasm = bytesOf(
      program(fun('f', [], 'i32', text('héllo')), fun('g', [], 'i32', text('x')), fun('h', [], 'i32', text('héllo'))),
    );
    const { exports, heapBase, string } = start(wasm);
    expect([exports.f!(), exports.g!(), exports.h!(), heapBase]).toEqual([0, 12, 0, 20]);
    expect([string(0), string(12)]).toEqual(['héllo', 'x']);
    expect(start(bytesOf(program(fun('f', [], 'i64', i64(1))))).heapBase).toBe(1024);
  });

  it('starts with the pages that its data needs, and may grow to 256', () => {
    const { memory, exports, string } = start(bytesOf(program(fun('f', [], 'i32', text('ä'.repeat(100_000))))));
    expect(memory.buffer.byteLength).toBe(4 * 65536);
    expect(string(exports.f!()).length).toBe(100_000);
    expect(memory.grow(252)).toBe(4);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it('describes itself and names its functions', () => {
    const f = fun('Main$f', [], 'i64', call(1));
    const core = { ...program(f, fun('Main$g', [], 'i64', trap)), exports: [{ name: 'f', fn: 0 }] };
    const module = new Wasm.Module(bytesOf(core));
    const [section] = Wasm.Module.customSections(module, 'clarity:interface');
    expect(JSON.parse(new TextDecoder().decode(section))).toEqual(DESCRIPTION);
    let stack = '';
    try {
      start(bytesOf(core)).exports.f!();
    } catch (cause) {
      stack = String((cause as Error).stack);
    }
    expect(stack).toMatch(/Main\$g[^]*Main\$f/);
  });

  it('is small', () => {
    const add = fun('add', [n, slot('m', 'i64')], 'i64', math('i64.add', get(n), get(n)));
    expect(bytesOf(program(add)).length).toBeLessThan(180);
  });
});

describe('a program beyond the limits', () => {
  const tooLarge = (core: Parameters<typeof encodeModule>[0]) =>
    (encodeModule(core, DESCRIPTION) as { tooLarge?: string }).tooLarge;

  it('is answered, not thrown', () => {
    expect(tooLarge(program(fun('f', [], 'i32', text('x'.repeat(2 ** 24 - 3)))))).toMatch(/literals/);
    const many = Array.from({ length: 1001 }, (_, k) => slot(`p${k}`, 'i64'));
    expect(tooLarge(program(fun('f', many, 'i64', i64(1))))).toMatch(/`f` has 1001 parameters/);
    const sets = Array.from(
      { length: 50_001 },
      (_, k) => ({ op: 'set', slot: slot(`x${k}`, 'i64'), value: i64(k) }) as const,
    );
    expect(tooLarge(program(fun('f', [], null, { op: 'seq', effects: sets, value: null })))).toMatch(/variables/);
    const x = slot('x', 'f64');
    const long = Array.from({ length: 800_000 }, () => ({ op: 'set', slot: x, value: f64(1) }) as const);
    expect(tooLarge(program(fun('f', [], null, { op: 'seq', effects: long, value: null })))).toMatch(/too long/);
  });

  it('takes what still fits', () => {
    const { exports } = start(bytesOf(program(fun('f', [], 'i32', text('x'.repeat(2 ** 24 - 8))))));
    expect(exports.f!()).toBe(0);
    const sets = Array.from(
      { length: 50_000 },
      (_, k) => ({ op: 'set', slot: slot(`x${k}`, 'i64'), value: i64(k) }) as const,
    );
    start(bytesOf(program(fun('f', [], null, { op: 'seq', effects: sets, value: null }))));
  });
});
