import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const env = {
  API_KEY: 'key-value',
  READY: 'Bearer ready-made',
  BROKEN: 'one\ntwo',
  BLANK: '  ',
  CLARITY_REMOTE_AUTH_MY_TOKEN_2: 'legacy-value',
};

function setUp() {
  const folder = tempFolder();
  const root = join(folder, 'secrets');
  mkdirSync(join(root, 'deep'), { recursive: true });
  const learned: string[] = [];
  const resolver = createSecretResolver({ env, secretsRoot: root, learn: (value) => learned.push(value) });
  return { folder, root, resolver, learned };
}

describe('a reference to a variable', () => {
  it.each([
    ['env:API_KEY', 'key-value', 'Authorization', 'Bearer key-value'],
    ['ENV:API_KEY', 'key-value', 'Authorization', 'Bearer key-value'],
    ['env:READY', 'Bearer ready-made', 'Authorization', 'Bearer ready-made'],
    ['header_env:X-Api-Key:API_KEY', 'key-value', 'X-Api-Key', 'key-value'],
    ['legacy_env:my-token.2', 'legacy-value', 'Authorization', 'Bearer legacy-value'],
    ['my-token.2', 'legacy-value', 'Authorization', 'Bearer legacy-value'],
  ])('%s', async (ref, value, name, header) => {
    const { resolver, learned } = setUp();
    expect(await resolver.resolve(ref)).toBe(value);
    expect(await resolver.resolveHeader(ref)).toEqual({ name, value: header });
    expect(learned).toEqual([value, value]);
  });

  it.each([
    ['env:NOT_THERE', 'NOT_THERE is not set'],
    ['env:BLANK', 'BLANK is empty'],
    ['env:not a name', 'letters, digits and _'],
    ['env:', 'letters, digits and _'],
    ['header_env:X-Api-Key', 'header_env:Header-Name:VARIABLE'],
    ['header_env:Content-Type:API_KEY', 'not content-type'],
    ['header_env:X Y:API_KEY', 'header_env:Header-Name:VARIABLE'],
    ['unknown', 'CLARITY_REMOTE_AUTH_UNKNOWN is not set'],
    ['', 'it is empty'],
    ['file:', 'no path'],
  ])('%j is refused: %s', async (ref, why) => {
    const refusal = { code: 'SecretNotFound', message: expect.stringContaining(why) as string };
    await expect(async () => setUp().resolver.resolve(ref)).rejects.toMatchObject(refusal);
  });

  it('with a line break is no header', async () => {
    const { resolver } = setUp();
    expect(await resolver.resolve('env:BROKEN')).toBe('one\ntwo');
    await expect(resolver.resolveHeader('env:BROKEN')).rejects.toMatchObject({
      code: 'SecretNotFound',
      message: expect.not.stringContaining('two') as string,
    });
  });
});

describe('a reference to a file', () => {
  it('is read anew each time, trimmed, relative or absolute, also through a link inside', async () => {
    const { root, resolver } = setUp();
    writeFileSync(join(root, 'deep/token'), '  old\n');
    symlinkSync('deep/token', join(root, 'link'));
    expect(await resolver.resolve('file:deep/token')).toBe('old');
    writeFileSync(join(root, 'deep/token'), 'new\n');
    expect(await resolver.resolve(`file:${join(root, 'deep/token')}`)).toBe('new');
    expect(await resolver.resolveHeader('file:link')).toEqual({ name: 'Authorization', value: 'Bearer new' });
  });

  it('never leaves the folder, as written or by a link', async () => {
    const { folder, root, resolver } = setUp();
    writeFileSync(join(folder, 'outside'), 'the-outside-value');
    symlinkSync(join(folder, 'outside'), join(root, 'link'));
    symlinkSync(folder, join(root, 'way-out'));
    const refs = [
      '../outside',
      'deep/../../outside',
      join(folder, 'outside'),
      '/etc/passwd',
      'link',
      'way-out/outside',
      '.',
      '..',
    ];
    for (const ref of refs)
      await expect(resolver.resolve(`file:${ref}`)).rejects.toMatchObject({
        code: 'SecretNotFound',
        message: expect.stringMatching(/outside of the secrets folder|link out of the secrets folder/) as string,
      });
  });

  it('works where the folder itself is reached by a link', async () => {
    const { folder, root } = setUp();
    writeFileSync(join(root, 'token'), 'value');
    symlinkSync(root, join(folder, 'alias'));
    const resolver = createSecretResolver({ env, secretsRoot: join(folder, 'alias'), learn: () => undefined });
    expect(await resolver.resolve('file:token')).toBe('value');
  });

  it('must hold a small text', async () => {
    const { root, resolver } = setUp();
    writeFileSync(join(root, 'empty'), ' \n');
    writeFileSync(join(root, 'fits'), 'x'.repeat(65_536));
    writeFileSync(join(root, 'large'), 'x'.repeat(65_537));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await resolver.resolve('file:fits')).toHaveLength(65_536);
    const refusals = {
      empty: 'is empty',
      large: 'larger than 64 KiB',
      pipe: 'no regular file',
      deep: 'no regular file',
      none: 'no such file',
    };
    for (const [name, why] of Object.entries(refusals))
      await expect(resolver.resolve(`file:${name}`)).rejects.toMatchObject({
        code: 'SecretNotFound',
        message: expect.stringContaining(why) as string,
      });
  });
});
