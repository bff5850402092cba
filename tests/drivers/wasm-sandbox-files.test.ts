import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Grants } from '../../src/drivers/wasm/grants.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { NO_GRANTS, sharedRig, type Tried } from '../helpers/wasm-sandbox.ts';

const rig = sharedRig();
let folder: string;
let outside: string;
let program: Tried;

/** `in` may be read, `out` written; `elsewhere` is beside the workspace. */
beforeEach(() => {
  folder = tempFolder();
  outside = tempFolder();
  for (const name of ['in', 'out']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'in', 'a.txt'), 'hello');
  writeFileSync(join(folder, 'private.txt'), 'private');
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  program = openWith({ read: [join(folder, 'in')], write: [join(folder, 'out')] });
});

function openWith(fs: NonNullable<Grants['fs']>): Tried {
  return rig.open(undefined, { workspace: folder, grants: { ...NO_GRANTS, fs } });
}
const read = (path: string) => program.text('read', { path });
const write = (path: string, content = 'new') => program.text('write', { path, content });

describe('files that are granted', () => {
  it('are read and written, by paths relative to the workspace or absolute', async () => {
    expect(await read('in/a.txt')).toBe('hello');
    expect(await read(join(folder, 'in/../in/a.txt'))).toBe('hello');
    expect(await write('out/b.txt', 'a longer text')).toBe('13');
    expect(await write('out/b.txt', 'short')).toBe('5');
    expect(await read('out/b.txt')).toBe('short');
    expect(await program.text('list', { path: 'in' })).toBe('["a.txt"]');
    expect(await program.text('folder', { path: 'out/x/y' })).toBe('0');
    expect(await program.text('remove', { path: 'out/b.txt' })).toBe('0');
    expect(await program.text('remove', { path: 'out/b.txt' })).toBe('0');
    expect(await program.text('exists', { path: 'out/b.txt' })).toBe('false');
    expect(await program.text('exists', { path: 'out/x/y' })).toBe('true');
    expect(program.refusals).toEqual([]);
  });

  it('that cannot be read are empty, as the language says', async () => {
    execFileSync('mkfifo', [join(folder, 'in', 'pipe')]);
    expect(await read('in/missing.txt')).toBe('');
    expect(await read('in')).toBe('');
    expect(await read('in/pipe')).toBe('');
    expect(await program.text('list', { path: 'in/missing' })).toBe('[]');
    expect(program.refusals).toEqual([]);
  });

  it('that are too large are empty, and the log says why', async () => {
    writeFileSync(join(folder, 'in', 'large'), Buffer.alloc(16 * 1024 * 1024 + 1));
    expect(await read('in/large')).toBe('');
    expect(program.lines).toEqual([['stderr', 'in/large reads as empty: it is over 16 MiB']]);
  });

  it('that cannot be written end the call', async () => {
    execFileSync('mkfifo', [join(folder, 'out', 'pipe')]);
    expect(await write('out/missing/b.txt')).toContain('`write_file` failed for "out/missing/b.txt"');
    expect(await write('out/pipe')).toContain('`write_file` failed');
    expect(await write('out')).toContain('`write_file` failed');
  });
});

describe('files that are not granted', () => {
  it.each([
    ['private.txt', 'a neighbour'],
    ['in/../private.txt', 'a way up'],
    ['in-other/a.txt', 'a name that begins alike'],
    ['/etc/passwd', 'an absolute path'],
    ['missing.txt', 'one that is not there'],
  ])('are refused, audited and named: %s (%s)', async (path) => {
    expect(await read(path)).toContain(`add to the manifest: spec.origin.capabilities.fs.read: ["${path}"]`);
    expect(program.refusals).toEqual([expect.objectContaining({ need: 'fs' })]);
    expect(await program.text('exists', { path })).toContain('outside of the files that it is granted');
  });

  it('are refused for writing where they may be read only', async () => {
    expect(await write('in/a.txt')).toContain('capabilities.fs.write');
    for (const name of ['remove', 'folder'])
      expect(await program.text(name, { path: 'in/a.txt' })).toContain('capabilities.fs.write');
    expect(readFileSync(join(folder, 'in/a.txt'), 'utf8')).toBe('hello');
  });

  it('are not reached over links', async () => {
    symlinkSync(outside, join(folder, 'out', 'way'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'in', 'link'));
    symlinkSync(join(outside, 'made.txt'), join(folder, 'out', 'dangling'));
    for (const path of ['out/way/secret.txt', 'in/link', 'out/way'])
      expect(await read(path)).toContain('outside of the files that it is granted');
    expect(await write('out/way/made.txt')).toContain('outside of the files');
    expect(await write('out/dangling')).toContain('`write_file` failed');
    expect(await program.text('folder', { path: 'out/way/made' })).toContain('outside of the files');
    expect(await program.text('remove', { path: 'out/way/secret.txt' })).toContain('outside of the files');
    expect(existsSync(join(outside, 'made.txt'))).toBe(false);
    // The name of a link itself may go.
    expect(await program.text('remove', { path: 'out/way' })).toBe('0');
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('are those of the machine, even where everything is granted', async () => {
    program = openWith({ read: ['/'], write: [] });
    symlinkSync('/proc/self/environ', join(folder, 'in', 'env'));
    for (const path of ['/proc/self/environ', '/proc/self/root/proc/self/environ', '/dev/zero', 'in/env'])
      expect(await read(path)).toContain('outside of the files');
    expect(await read('private.txt')).toBe('private');
  });
});

describe('checkpoints', () => {
  it('are kept from call to call, whatever files are granted', async () => {
    expect(await program.text('save', { key: '../a/b', value: 'one' })).toBe('../a/b');
    expect(await program.text('load', { key: '../a/b' })).toBe('"one"');
    expect(await program.text('load', { key: 'b' })).toBe('null');
    expect(program.refusals).toEqual([]);
  });

  it('are bounded', async () => {
    expect(await program.text('save', { key: 'a', value: 'x'.repeat(1024 * 1024 + 1) })).toContain(
      'at most 1048576 bytes',
    );
    const store = tempFolder();
    program = rig.open(undefined, { checkpoints: store });
    for (let i = 0; i < 1000; i++) writeFileSync(join(store, `k${i}.ckpt`), '');
    expect(await program.text('save', { key: 'k1', value: 'again' })).toBe('k1');
    expect(await program.text('save', { key: 'more', value: '' })).toContain('at most 1000 checkpoints');
  });
});
