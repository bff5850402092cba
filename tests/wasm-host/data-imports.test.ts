import { describe, expect, it } from 'vitest';
import { bareHost, failure, importsOf } from './rig.ts';

function lists() {
  const host = bareHost();
  const { raw } = importsOf(host);
  const { memory } = host;
  const make = (...items: readonly bigint[]) =>
    items.reduce((list, item) => raw('list_append_i64', list, item) as number, memory.alloc(4));
  const read = (list: unknown) =>
    Array.from({ length: memory.readI32(list as number) }, (_, i) => memory.readI64((list as number) + 4 + 8 * i));
  memory.writeI32(memory.top, 0);
  return { raw, make, read };
}

describe('list imports', () => {
  it('copy, and leave the old list as it is', () => {
    const { raw, make, read } = lists();
    const list = make(1n, -2n, 0x7ff4_0000_0000_0001n);
    expect(read(raw('list_reverse', list, 8))).toEqual([0x7ff4_0000_0000_0001n, -2n, 1n]);
    expect(read(raw('list_tail', list, 8))).toEqual([-2n, 0x7ff4_0000_0000_0001n]);
    expect(read(raw('list_concat', list, make(7n), 8))).toEqual([1n, -2n, 0x7ff4_0000_0000_0001n, 7n]);
    expect(read(raw('list_set_i64', list, 1n, 9n))).toEqual([1n, 9n, 0x7ff4_0000_0000_0001n]);
    expect(read(raw('list_set_i64', list, -1n, 9n))).toEqual(read(list));
    expect(read(list)).toEqual([1n, -2n, 0x7ff4_0000_0000_0001n]);
  });

  it('give 0 where there is no such element', () => {
    const { raw, make } = lists();
    const list = make(5n);
    expect([raw('list_get_i64', list, 1n), raw('list_get_i32', list, -1n)]).toEqual([0n, 0]);
    expect([raw('list_head_i64', make()), raw('list_get_i64', list, 0n)]).toEqual([0n, 5n]);
  });

  it('refuse a list that reaches past the memory', () => {
    const host = bareHost();
    const at = host.memory.alloc(8);
    host.memory.writeI32(at, 100_000);
    for (const name of ['list_tail', 'list_reverse'])
      expect(failure(() => importsOf(host).raw(name, at, 8)).kind).toBe('bad-pointer');
    expect(failure(() => importsOf(host).raw('list_tail', at, 3)).kind).toBe('bad-pointer');
  });
});

describe('bytes imports', () => {
  const run = (name: string, ...args: readonly unknown[]) => {
    const host = bareHost();
    const given = args.map((arg) =>
      Array.isArray(arg) ? host.memory.writeBytes(Uint8Array.from(arg as number[])) : arg,
    );
    return [...host.memory.bytes(importsOf(host).raw(name, ...given) as number)];
  };

  it.each([
    ['bytes_new', [3n], [0, 0, 0]],
    ['bytes_set', [[1, 2, 3], 1n, 300n], [1, 44, 3]],
    ['bytes_set', [[1, 2, 3], 5n, 9n], [1, 2, 3]],
    ['bytes_set', [[1], 0n, -1n], [255]],
    ['bytes_slice', [[1, 2, 3, 4], -2n, 2n], [1, 2]],
    ['bytes_slice', [[1, 2, 3, 4], 3n, 9n], [4]],
    ['bytes_slice', [[1, 2], 9n, 1n], []],
    ['bytes_concat', [[1], [2, 3]], [1, 2, 3]],
    ['bytes_from_string', ['hé'], [104, 195, 169]],
  ])('%s(%s) is %s', (name, args, expected) => expect(run(name, ...args)).toEqual(expected));
});

describe('arenas', () => {
  it('keep a text below the mark', () => {
    const host = bareHost();
    const { raw } = importsOf(host);
    const mark = raw('arena_save') as bigint;
    host.memory.writeText('x'.repeat(500));
    const kept = raw('arena_restore_keeping_str', mark, host.memory.writeText('kept '.repeat(50))) as number;
    expect([BigInt(kept), host.memory.text(kept)]).toEqual([mark, 'kept '.repeat(50)]);
  });

  it('never give back what was there before', () => {
    const host = bareHost();
    const { raw } = importsOf(host);
    raw('arena_restore', 0n);
    expect(host.memory.top).toBe(1024);
    raw('arena_restore', 1n << 40n);
    expect(host.memory.top).toBe(1024);
    expect(JSON.parse(importsOf(host).text('memory_stats'))).toMatchObject({ heap_ptr: 1024 });
  });
});
