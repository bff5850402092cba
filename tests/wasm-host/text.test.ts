import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../helpers/size.ts';
import { bareHost, failure } from './rig.ts';

const units = fc.oneof(
  fc.string({ maxLength: 100 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme' }),
);

describe('text in the memory', () => {
  it('comes back as it was written, lone surrogates as U+FFFD', () => {
    const { memory } = bareHost();
    fc.assert(
      fc.property(units, (text) => {
        const mark = memory.top;
        const pointer = memory.writeText(text);
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
        expect([pointer % 8, memory.text(pointer), memory.text(pointer)]).toEqual([0, expected, expected]);
        expect(memory.bytes(pointer)).toEqual(new TextEncoder().encode(text));
        memory.release(mark);
      }),
      { numRuns: sized(300, 5000) },
    );
    expect(memory.text(memory.writeText('\ud800'))).toBe('\ufffd');
  });

  it('reads bytes that are no UTF-8 as the platform does', () => {
    const { memory } = bareHost();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const mark = memory.top;
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        expect(memory.text(memory.writeBytes(bytes))).toBe(text);
        memory.release(mark);
      }),
      { numRuns: sized(300, 5000) },
    );
  });

  it('is not remembered once its memory was given back', () => {
    const { memory } = bareHost();
    const [one, two] = ['a'.repeat(100), 'b'.repeat(100)];
    const mark = memory.top;
    expect(memory.text(memory.writeText(one))).toBe(one);
    memory.release(mark);
    const again = memory.alloc(104);
    memory.writeI32(again, 100);
    memory.fill(again + 4, 100, 98);
    expect([again, memory.text(again)]).toEqual([mark, two]);
  });

  it('grows the memory, up to its maximum and not beyond', () => {
    const { memory } = bareHost();
    const long = 'é'.repeat(60_000);
    expect(memory.text(memory.writeText(long))).toBe(long);
    expect(memory.size).toBeGreaterThan(65_536);
    expect(failure(() => memory.writeText('x'.repeat(200_000))).kind).toBe('out-of-memory');
    expect(memory.text(memory.writeText('still here'))).toBe('still here');
  });

  it.each([-1, 65_534, 0x7fff_fff0])('is refused at the address %i', (pointer) => {
    expect(failure(() => bareHost().memory.text(pointer)).kind).toBe('bad-pointer');
  });

  it('is refused where it reaches past the memory', () => {
    const { memory } = bareHost();
    const pointer = memory.alloc(8);
    memory.writeI32(pointer, -1);
    expect(failure(() => memory.text(pointer)).kind).toBe('bad-pointer');
  });
});
