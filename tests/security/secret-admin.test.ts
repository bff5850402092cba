import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSecretAdmin } from '../../src/security/secret-admin.ts';
import { SecretFiles } from '../../src/security/secret-files.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const ENV = { NAMED: 'n-value', OTHER: 'o-value', CLARITY_REMOTE_AUTH_TEAM: 't-value', BROKEN: 'one\ntwo' };

function setUp(mayAskAll = false) {
  const folder = tempFolder();
  const root = join(folder, 'secrets');
  const changes: ((ref: string) => boolean)[] = [];
  const admin = createSecretAdmin({
    files: new SecretFiles(root),
    resolver: createSecretResolver({ env: ENV, secretsRoot: root, learn: () => undefined }),
    named: () => ['env:NAMED', 'env:BROKEN', 'env:ABSENT', 'not understood:', 'file:gone'],
    mayAskAll,
    onChange: (means) => changes.push(means),
  });
  return { folder, root, admin, changes };
}

describe('a reference is checked', () => {
  it.each([
    ['env:NAMED', { provider: 'env', target: 'NAMED', redactedTarget: 'NA***ED', headerKeys: ['Authorization'] }],
    ['header_env:X-Key:NAMED', { provider: 'header_env', redactedTarget: 'X-Key:***', headerKeys: ['X-Key'] }],
    ['team', { provider: 'legacy_env', target: 'team', redactedTarget: '***', headerKeys: ['Authorization'] }],
    ['LEGACY_ENV:team', { provider: 'legacy_env', target: 'team', source: 'environment' }],
    ['file:deep/token', { provider: 'file', target: 'deep/token', redactedTarget: '.../token', source: 'file' }],
  ])('%s can be used', async (ref, expected) => {
    const { admin } = setUp();
    await admin.write('file:deep/token', 'f-value');
    const check = await admin.validate(ref);
    expect(check).toMatchObject({ authRef: ref, valid: true, issues: [], ...expected });
    expect(JSON.stringify(check)).not.toContain('-value');
  });

  it.each([
    ['env:ABSENT', 'ABSENT is not set'],
    ['env:BROKEN', 'control characters'],
    ['file:none', 'no such file'],
    ['file:../x', 'lies outside'],
    ['file:', 'no path'],
    ['env:a b', 'letters, digits and _'],
    ['header_env:X', 'header_env:Header-Name:VARIABLE'],
    ['', 'it is empty'],
  ])('%j cannot: %s', async (ref, why) => {
    const check = await setUp().admin.validate(ref);
    expect(check).toMatchObject({ valid: false, issues: [expect.stringContaining(why)] });
  });

  it('outside of the folder nothing is told, whether or not something is there', async () => {
    const { folder, root, admin } = setUp();
    await admin.write('file:any', 'x');
    writeFileSync(join(folder, 'outside'), 'x');
    symlinkSync(join(folder, 'outside'), join(root, 'link'));
    const issues = async (ref: string) => (await admin.validate(ref)).issues;
    expect((await issues('file:../outside')).join().replaceAll('outside"', '"')).toBe(
      (await issues('file:../nothing')).join().replaceAll('nothing"', '"'),
    );
    expect(await issues('file:link')).toEqual([expect.stringContaining('a link out of')]);
  });

  it('a variable that no service names is told of to those alone who may write secrets', async () => {
    for (const ref of ['env:OTHER', 'env:NOT_SET', 'header_env:X-Key:OTHER']) {
      const check = await setUp().admin.validate(ref);
      expect(check).toMatchObject({ valid: false, issues: [expect.stringContaining('only where a service names it')] });
    }
    expect(await setUp(true).admin.validate('env:OTHER')).toMatchObject({ valid: true });
    expect(await setUp(true).admin.validate('env:NOT_SET')).toMatchObject({ valid: false });
  });
});

describe('a change', () => {
  it('is told with the references that mean the file, however they are written', async () => {
    const { root, admin, changes } = setUp();
    const written = await admin.write('file:deep/token', 'x');
    expect(written).toEqual({ authRef: 'file:deep/token', provider: 'file', path: join(root, 'deep/token') });
    expect(await admin.remove('FILE:deep/token')).toMatchObject({ deleted: true });
    expect(await admin.remove('file:deep/token')).toMatchObject({ deleted: false });
    const refs = [
      'file:deep/token',
      'file:./deep/../deep/token',
      `file:${root}/deep/token`,
      'file:token',
      'deep/token',
    ];
    expect(changes.map((means) => refs.filter(means))).toEqual([refs.slice(0, 3), refs.slice(0, 3)]);
  });

  it('is of files only', async () => {
    const { admin, changes } = setUp();
    for (const ref of ['env:NAMED', 'team', 'file:', 'file:../x']) {
      await expect(admin.write(ref, 'x')).rejects.toMatchObject({ code: 'BadRequest' });
      await expect(admin.remove(ref)).rejects.toMatchObject({ code: 'BadRequest' });
    }
    expect(changes).toEqual([]);
  });
});

it('says where secrets come from, and lists those that are there', async () => {
  const { root, admin } = setUp();
  const providers = ['legacy_env', 'env', 'file', 'header_env'].map((name) => ({ name, supported: true }));
  expect(await admin.providers()).toEqual({ providers, fileRoot: root, fileRootExists: false });
  await admin.write('file:b', 'x');
  await admin.write('file:a/c', 'x');
  expect(await admin.list()).toEqual([
    { authRef: 'file:a/c', relativePath: 'a/c' },
    { authRef: 'file:b', relativePath: 'b' },
  ]);
});
