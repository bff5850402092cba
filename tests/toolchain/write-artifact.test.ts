import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeArtifact } from '../../src/toolchain/write-artifact.ts';
import { sourceFolder } from '../helpers/run-clarityc.ts';

describe('writing an artifact', () => {
  it('makes the folder and leaves nothing beside the file', async () => {
    const folder = sourceFolder({});
    await writeArtifact(join(folder, 'build/deep/out.wasm'), new Uint8Array([1, 2]));
    expect(readdirSync(join(folder, 'build/deep'))).toEqual(['out.wasm']);
    expect([...readFileSync(join(folder, 'build/deep/out.wasm'))]).toEqual([1, 2]);
  });

  it('keeps the mode of a file that is there', async () => {
    const path = join(sourceFolder({ 'a.clarity': 'old' }), 'a.clarity');
    chmodSync(path, 0o640);
    await writeArtifact(path, 'new');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o640]);
  });

  it('follows a link instead of replacing it', async () => {
    const folder = sourceFolder({ 'real.txt': 'old' });
    symlinkSync('real.txt', join(folder, 'link.txt'));
    await writeArtifact(join(folder, 'link.txt'), 'new');
    expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe('new');
  });

  it('writes to what is no regular file instead of replacing it', async () => {
    const pipe = join(sourceFolder({}), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = readFile(pipe, 'utf8');
    await writeArtifact(pipe, 'through');
    expect(await reader).toBe('through');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it('throws the error of the system where it cannot, and leaves no temporary file', async () => {
    const folder = sourceFolder({ file: '' });
    await expect(writeArtifact(join(folder, 'file/out.wasm'), 'x')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(writeArtifact(folder, 'x')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
