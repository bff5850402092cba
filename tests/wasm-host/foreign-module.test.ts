import { describe, expect, it } from 'vitest';
import type { ModuleInterface, TypeRef } from '../../src/compiler/interface/interface.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { failure } from './rig.ts';
import { TYPES } from './types.ts';
import { handMade, words, type HandMade } from './wasm-bytes.ts';

/** Calls a function that gives `pointer` and says it is of `type`. */
function give(type: TypeRef, pointer: number, more: HandMade = {}) {
  const described: ModuleInterface = {
    version: 1,
    module: 'Foreign',
    functions: [{ name: 'give', exported: true, params: [], result: type, effects: [] }],
    types: TYPES,
  };
  const wasm = handMade({ constants: { give: pointer }, interface: described, ...more });
  return () => instantiate(wasm, {}, { limits: { values: 100_000 } }).call('give', []);
}

describe('a module that was not made by us', () => {
  it.each<[string, TypeRef, number, Uint8Array?]>([
    ['a text outside of its memory', 'String', 70_000],
    ['a text longer than its memory', 'String', 0, words(-1)],
    ['a negative address', { list: 'Int64' }, -4],
    ['a list longer than its memory', { list: 'Bool' }, 0, words(1_000_000)],
    ['a record at the end of its memory', { type: 'Mixed' }, 65_532],
    ['a tag that its type does not have', { type: 'Color' }, 0, words(2)],
    ['a negative tag', { option: 'Int64' }, 0, words(-1)],
    ['a map that does not exist', { map: ['String', 'Int64'] }, 1],
    ['bytes outside of its memory', 'Bytes', 65_535],
  ])('is stopped when it gives %s', (_, type, pointer, data) => {
    expect(failure(give(type, pointer, data === undefined ? {} : { data })).kind).toBe('bad-pointer');
  });

  it('is stopped when a small memory means a huge value', () => {
    // A list of 16 times itself.
    const data = words(16, ...new Array<number>(16).fill(0));
    let type: TypeRef = 'Int64';
    for (let i = 0; i < 20; i++) type = { list: type };
    expect(failure(give(type, 0, { data })).kind).toBe('bad-result');
    const overlapping = words(12_000, ...new Array<number>(12_000).fill(48_004), 16_000);
    expect(failure(give({ list: 'String' }, 0, { data: overlapping })).message).toContain('bytes of text');
  });

  it('is stopped when a chain leads back to itself', () => {
    const data = words(1, 0, 5, 0, 0);
    expect(failure(give({ type: 'Chain', args: ['Bool'] }, 0, { data })).kind).toBe('bad-result');
  });

  it('is stopped when its interface tells another type than its code', () => {
    expect(failure(give('Int64', 5)).kind).toBe('bad-result');
  });

  it('runs as far as it calls only what is offered', () => {
    const instance = instantiate(handMade({ imports: ['http_listen', 'made_up'], constants: { five: 5 } }), {});
    expect(instance.callRaw('five', [])).toBe(5);
    for (const name of ['http_listen', 'made_up']) {
      expect(failure(() => instance.callRaw(`call_${name}`, []))).toEqual({
        kind: 'unsupported-import',
        message: `The program called \`${name}\`, which is not offered where it runs.`,
      });
    }
  });

  it('gets the functions of added groups, the last one first', () => {
    const called: string[] = [];
    const group = (text: string) => () => ({ tty_clear_line: () => void called.push(text) });
    const wasm = handMade({ imports: ['tty_clear_line'] });
    instantiate(wasm, {}, { imports: [group('first'), group('last')] }).callRaw('call_tty_clear_line', []);
    expect(called).toEqual(['last']);
  });

  it('without an interface can be called raw, and with types', () => {
    const wasm = handMade({ constants: { five: 5, text: 0 }, data: new Uint8Array([2, 0, 0, 0, 104, 105]) });
    const instance = instantiate(wasm, {});
    expect([instance.interface, instance.exports]).toEqual([undefined, ['five', 'text']]);
    expect([instance.callRaw('five', []), instance.textAt(0), instance.textAt(-1)]).toEqual([5, 'hi', undefined]);
    expect(instance.callRaw('text', [], { kind: 'String' })).toBe('hi');
    expect(failure(() => instance.call('text', [])).message).toContain('carries no interface');
    expect(failure(() => instance.callRaw('none', [])).kind).toBe('unknown-function');
  });

  it.each<[string, Uint8Array]>([
    ['is not wasm', new Uint8Array([1, 2, 3])],
    ['is empty', new Uint8Array()],
    ['has no memory', handMade({ noMemory: true })],
    ['imports from elsewhere', handMade({ imports: ['f'], importModule: 'wasi' })],
    ['imports with another signature', handMade({ imports: ['string_concat'] }).slice(0, 40)],
  ])('is refused when it %s', (_, wasm) => {
    expect(failure(() => instantiate(wasm, {})).kind).toBe('bad-module');
  });

  it('whose interface is broken is one without', () => {
    expect(instantiate(handMade({ interface: '{"version":1' }), {}).interface).toBeUndefined();
  });

  it('whose heap begins beyond its memory gets more memory, or none', () => {
    const echo = (heapBase: number) => () => {
      const instance = instantiate(handMade({ heapBase, constants: { give: 0 } }), {});
      return instance.callRaw('give', [{ shape: { kind: 'String' }, value: 'text' }], { kind: 'Bool' });
    };
    expect(echo(200_001)()).toBe(false);
    expect(failure(echo(-8)).kind).toBe('out-of-memory');
  });
});
