import { open } from 'node:fs/promises';
import type { LogLine } from '../reconcile/ports.ts';
import { errorCode } from '../shared/errors.ts';
import { isJsonObject } from '../shared/json.ts';

const CHUNK = 65_536;
const NEWLINE = 10;

/** The last `limit` lines, oldest first, over files given newest first. Reads from the end, and no more than it needs. */
export async function readTail(newestFirst: readonly string[], limit: number): Promise<readonly LogLine[]> {
  let lines: readonly LogLine[] = [];
  for (const path of newestFirst) {
    if (lines.length >= limit) break;
    lines = [...(await tailOf(path, limit - lines.length)), ...lines];
  }
  return lines;
}

async function tailOf(path: string, limit: number): Promise<readonly LogLine[]> {
  const text = await lastLines(path, limit);
  return text
    .split('\n')
    .slice(-limit - 1)
    .flatMap(parseLine)
    .slice(-limit);
}

/** The end of the file with at least `limit` lines in it, or all of it. */
async function lastLines(path: string, limit: number): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return '';
  try {
    const chunks: Buffer[] = [];
    let { size: from } = await file.stat();
    for (let newlines = 0; from > 0 && newlines <= limit;) {
      const length = Math.min(CHUNK, from);
      from -= length;
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, from);
      newlines += buffer.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
      chunks.unshift(buffer);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    await file.close();
  }
}

/** Nothing for a line that a kill -9 tore, or that begins before what was read. */
function parseLine(text: string): [LogLine] | [] {
  if (!text.startsWith('{') || !text.endsWith('}')) return [];
  try {
    const line: unknown = JSON.parse(text);
    const whole = isJsonObject(line) && typeof line.at === 'string' && typeof line.text === 'string';
    return whole && isStream(line.stream)
      ? [{ at: line.at as string, stream: line.stream, text: line.text as string }]
      : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isStream(value: unknown): value is LogLine['stream'] {
  return value === 'stdout' || value === 'stderr' || value === 'runtime';
}
