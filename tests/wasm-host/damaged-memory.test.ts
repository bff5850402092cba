import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/wasm-host/host-error.ts';
import { Decoder } from '../../src/wasm-host/marshal/decode.ts';
import { TypeShapes } from '../../src/wasm-host/marshal/type-shapes.ts';
import { sized } from '../helpers/size.ts';
import { bareHost } from './rig.ts';
import { TYPES, typedValue } from './types.ts';

/** Words that look like counts, tags and addresses, and words that do not. */
const word = fc.oneof(
  fc.nat(3),
  fc.nat(120).map((at) => 1024 + 4 * at),
  fc.integer(),
);

describe('a memory of which nothing can be believed', () => {
  it('gives a value or an error of our own, and soon', () => {
    const shapes = new TypeShapes(TYPES);
    fc.assert(
      fc.property(typedValue, fc.array(word, { minLength: 8, maxLength: 128 }), word, ([type], content, pointer) => {
        const host = bareHost({}, { values: 2000, textBytes: 100_000 });
        const start = host.memory.alloc(4 * content.length);
        for (const [i, value] of content.entries()) host.memory.writeI32(start + 4 * i, value);
        try {
          new Decoder(host).decode(shapes.shapeOf(type), pointer);
        } catch (error) {
          expect(error).toBeInstanceOf(HostError);
          expect(['bad-pointer', 'bad-result']).toContain((error as HostError).kind);
        }
      }),
      { numRuns: sized(500, 20_000) },
    );
  });
});
