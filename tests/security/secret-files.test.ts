import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SecretFiles } from '../../src/security/secret-files.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function setUp() {
  const folder = tempFolder();
  const root = join(folder, 'secrets');
  return { folder, root, files: new SecretFiles(root) };
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('a secret is written', () => {
  it('into a file of its own that nobody else may read, in folders that are closed likewise', async () => {
    const { root, files } = setUp();
    expect(await files.exists()).toBe(false);
    expect(await files.write('a/b/token', 'hush')).toBe(join(root, 'a/b/token'));
    expect(readFileSync(join(root, 'a/b/token'), 'utf8')).toBe('hush\n');
    expect([root, join(root, 'a'), join(root, 'a/b'), join(root, 'a/b/token')].map(modeOf)).toEqual([
      ...['700', '700', '700', '600'],
    ]);
    expect(await files.exists()).toBe(true);
  });

  it('over the one that was there, whose mode it does not keep; nothing else is left', async () => {
    const { root, files } = setUp();
    await files.write('token', 'first');
    chmodSync(join(root, 'token'), 0o644);
    await files.write(join(root, 'token'), 'second');
    expect(readFileSync(join(root, 'token'), 'utf8')).toBe('second\n');
    expect(modeOf(join(root, 'token'))).toBe('600');
    expect(readdirSync(root)).toEqual(['token']);
  });

  it('in place of a link, not through it', async () => {
    const { folder, root, files } = setUp();
    mkdirSync(root);
    writeFileSync(join(folder, 'outside'), 'untouched');
    symlinkSync(join(folder, 'outside'), join(root, 'token'));
    await files.write('token', 'hush');
    expect(readFileSync(join(folder, 'outside'), 'utf8')).toBe('untouched');
    expect(readFileSync(join(root, 'token'), 'utf8')).toBe('hush\n');
  });
});

it.each([
  ['../token', 'must lie inside'],
  ['/etc/token', 'must lie inside'],
  ['', 'must lie inside'],
  ['.', 'must lie inside'],
  ['a\0b', 'must lie inside'],
  ['out/token', 'leads out'],
  ['out/new/token', 'leads out'],
  ['plain/token', 'is a file'],
  ['folder', 'no regular file'],
  ['x'.repeat(300), 'too long'],
])('%j is refused: %s', async (path, why) => {
  const { folder, root, files } = setUp();
  mkdirSync(join(root, 'folder'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'elsewhere'), join(root, 'out'));
  writeFileSync(join(root, 'plain'), 'x');
  const refusal = { code: 'BadRequest', message: expect.stringContaining(why) as string };
  await expect(files.write(path, 'hush')).rejects.toMatchObject(refusal);
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  if (why === 'must lie inside') await expect(files.remove(path)).rejects.toMatchObject(refusal);
});

it.each([
  ['empty', ' \n', 'is empty'],
  ['huge', 'x'.repeat(65_536), 'larger than 64 KiB'],
])('one that is %s is refused', async (_what, secret, why) => {
  const refusal = { code: 'BadRequest', message: expect.stringContaining(why) as string };
  await expect(setUp().files.write('token', secret)).rejects.toMatchObject(refusal);
});

describe('secrets are listed', () => {
  it('by path; with links that stay inside, without those that leave and without halves of a crash', async () => {
    const { folder, root, files } = setUp();
    expect(await files.list()).toEqual([]);
    for (const path of ['z', 'a/b', 'a/.c']) await files.write(path, 'hush');
    writeFileSync(join(root, '.z.tmp-0123456789ab'), 'half');
    writeFileSync(join(folder, 'outside'), 'x');
    symlinkSync(join(folder, 'outside'), join(root, 'leaves'));
    symlinkSync('z', join(root, 'stays'));
    symlinkSync('.', join(root, 'circle'));
    symlinkSync('nothing', join(root, 'dangling'));
    expect(await files.list()).toEqual(['a/.c', 'a/b', 'stays', 'z']);
  });

  it('500 at most', async () => {
    const { root, files } = setUp();
    mkdirSync(root);
    for (let n = 0; n < 510; n++) writeFileSync(join(root, `s${String(n).padStart(3, '0')}`), 'x');
    const listed = await files.list();
    expect([listed.length, listed[0], listed.at(-1)]).toEqual([500, 's000', 's499']);
  });
});

describe('a secret is removed', () => {
  it('once', async () => {
    const { files } = setUp();
    expect(await files.remove('token')).toBe(false);
    await files.write('token', 'hush');
    expect([await files.remove('token'), await files.remove('token')]).toEqual([true, false]);
  });

  it('not behind a link, and not where it is a folder', async () => {
    const { folder, root, files } = setUp();
    mkdirSync(join(root, 'folder'), { recursive: true });
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/token'), 'untouched');
    symlinkSync(join(folder, 'elsewhere'), join(root, 'out'));
    await expect(files.remove('out/token')).rejects.toMatchObject({ code: 'BadRequest' });
    await expect(files.remove('folder')).rejects.toMatchObject({ code: 'BadRequest' });
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['token']);
  });
});
