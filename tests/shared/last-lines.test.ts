import { expect, it } from 'vitest';

import { lastLines } from '../../src/shared/last-lines.ts';

const bytes = (lines: readonly string[]) => Buffer.byteLength(lines.join('\n'));

it('keeps all where they are few, safe for a terminal', () => {
  expect(lastLines(['a', '\u001b[2Jb'])).toEqual(['a', '\\u001b[2Jb']);
});

it('keeps the newest of many, within 4 KiB', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `${String(i)} ${'ü'.repeat(150)}`);
  const kept = lastLines(lines);
  expect(kept).toEqual(lines.slice(-kept.length));
  expect(kept.length).toBeGreaterThan(10);
  expect(bytes(kept)).toBeLessThanOrEqual(4096);
});

it.each(['x', 'ü', '€', '😀'])('cuts a long line of %s between two characters', (char) => {
  const [line = ''] = lastLines([char.repeat(2000)]);
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(512);
  expect(line).toMatch(new RegExp(`^${char}+…$`, 'u'));
});
