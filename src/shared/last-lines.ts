import { printable } from './text.ts';

/** Bytes of UTF-8 that the lines may have together, and the longest of them: a condition is kept, and sent, many times. */
const MAX_BYTES = 4096;
const MAX_LINE_BYTES = 512;

/** The last of the lines, oldest first, as far as 4 KiB hold them; each is safe for a terminal and cut where it is longer than 512 bytes. */
export function lastLines(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of [...lines].reverse()) {
    const text = cut(printable(line));
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > MAX_BYTES) break;
    kept.unshift(text);
  }
  return kept;
}

function cut(line: string): string {
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line;
  const ellipsis = '…';
  const room = MAX_LINE_BYTES - Buffer.byteLength(ellipsis);
  // Half a character at the end becomes a replacement character, which goes.
  const head = Buffer.from(line)
    .subarray(0, room)
    .toString()
    .replace(/\ufffd$/, '');
  return `${head}${ellipsis}`;
}
