import { describe, expect, it } from 'vitest';
import { directoryRevision } from '../../src/sources/directory/revision.ts';

describe('revision', () => {
  it('is the digest of the sorted (path, hash) pairs and nothing else', () => {
    const one = directoryRevision([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect(one).toMatch(/^dir@sha256:[0-9a-f]{64}$/);
    expect(
      directoryRevision([
        ['b', '2'],
        ['a', '1'],
      ]),
    ).toBe(one);
    for (const other of [
      [],
      [['a', '1']],
      [
        ['a', '2'],
        ['b', '1'],
      ],
      [
        ['a', '12'],
        ['b', ''],
      ],
    ] as [string, string][][])
      expect(directoryRevision(other)).not.toBe(one);
  });
});
