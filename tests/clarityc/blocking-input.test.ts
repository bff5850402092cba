import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { BlockingInput } from '../../src/clarityc/host/blocking-input.ts';
import { sourceFolder } from '../helpers/run-clarityc.ts';

/** Calls `use` with the input of a file of this content. */
function reading<T>(content: string | Uint8Array, use: (input: BlockingInput) => T): T {
  const path = join(sourceFolder({}), 'in');
  writeFileSync(path, content);
  const descriptor = openSync(path, 'r');
  try {
    return use(new BlockingInput(descriptor, () => 0));
  } finally {
    closeSync(descriptor);
  }
}

describe('standard input of a program', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb', ['a', 'b']],
    ['\n\n', ['', '']],
    ['', []],
    [`${'x'.repeat(70_000)}\né`, ['x'.repeat(70_000), 'é']],
  ])('%j is read line by line', (content, lines) => {
    const read = reading(content, (input) => {
      const all: string[] = [];
      for (let line = input.readLine(); line !== undefined; line = input.readLine()) all.push(line);
      return { all, ended: input.ended };
    });
    expect(read).toEqual({ all: lines, ended: true });
  });

  it('the rest is what no line took, and the end stays the end', () => {
    reading('a\nb\nc', (input) => {
      expect([input.readLine(), input.readAll(), input.readAll(), input.readLine()]).toEqual([
        'a',
        'b\nc',
        '',
        undefined,
      ]);
    });
  });

  it('a character that comes in two pieces stays whole', () => {
    const bytes = Buffer.concat([Buffer.alloc(65_535, 97), Buffer.from('é\n')]);
    expect(reading(bytes, (input) => input.readLine())).toBe(`${'a'.repeat(65_535)}é`);
  });

  it('a pipe into which nothing is written keeps the time limit of stdin_try_read', async () => {
    const cwd = sourceFolder({
      'main.clarity': 'module Main\neffect[FileSystem] function main() -> Option<String> { stdin_try_read(20) }\n',
    });
    const bin = join(import.meta.dirname, '../../bin/clarityc.js');
    const child = spawn(process.execPath, [bin, 'run'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
    const stdout = await text(child.stdout);
    child.stdin.end();
    expect(stdout).toBe('None\n');
  });
});
