import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createSecretAdmin } from '../../src/security/secret-admin.ts';
import { SecretFiles } from '../../src/security/secret-files.ts';
import { createSecretResolver } from '../../src/security/secret-resolver.ts';
import { cli, type CliSetting } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

async function setUp() {
  const secretsRoot = tempFolder();
  const resolver = createSecretResolver({ env: {}, secretsRoot, learn: () => undefined });
  const files = new SecretFiles(secretsRoot);
  const secrets = createSecretAdmin({ files, resolver, named: () => [], mayAskAll: true, onChange: () => undefined });
  const url = await (await testApi({ secrets, provisioning: true })).listen();
  const auth = (argv: readonly string[], setting: CliSetting = {}) =>
    cli(['--daemon-url', url, 'auth', ...argv], { terminal: true, ...setting });
  return { secretsRoot, auth, value: () => resolver.resolve('file:token') };
}

/** Keys as a terminal in raw mode gives them. */
function keyboard(keys: readonly string[]) {
  const modes: boolean[] = [];
  const stdin = Object.assign(Readable.from(keys), { isTTY: true, setRawMode: (on: boolean) => modes.push(on) });
  return { stdin, modes };
}

describe('auth set-secret', () => {
  it('takes the secret from stdin, without the line feed at its end', async () => {
    const { auth, value, secretsRoot } = await setUp();
    const { code, stdout, stderr } = await auth(['set-secret', 'file:token'], { input: 'hush\n' });
    expect({ code, stdout, stderr }).toEqual({
      ...{ code: 0, stdout: `file:token written to ${secretsRoot}/token\n`, stderr: '' },
    });
    expect(await value()).toBe('hush');
  });

  it('asks for it on a terminal and does not show it', async () => {
    const { auth, value } = await setUp();
    const { stdin, modes } = keyboard(['wrong', '\u0015', 'hux', '\u007f', 'sh', '\r', 'not read']);
    const { code, stdout, stderr } = await auth(['set-secret', 'file:token'], { stdin });
    expect({ code, stderr, modes }).toEqual({ code: 0, stderr: 'secret for file:token: \n', modes: [true, false] });
    expect(stdout).not.toContain('hush');
    expect(await value()).toBe('hush');
  });

  it('writes nothing after Ctrl-C', async () => {
    const { auth, value } = await setUp();
    const { stdin, modes } = keyboard(['hu', '\u0003']);
    expect((await auth(['set-secret', 'file:token'], { stdin })).code).toBe(130);
    expect(modes).toEqual([true, false]);
    await expect(value()).rejects.toMatchObject({ code: 'SecretNotFound' });
  });

  it('warns of a secret on the command line, and takes it', async () => {
    const { auth, value } = await setUp();
    const { code, stderr } = await auth(['set-secret', 'file:token', 'hush']);
    expect({ code, warned: stderr.includes('give the secret on stdin') }).toEqual({ code: 0, warned: true });
    expect(stderr).not.toContain('hush');
    expect(await value()).toBe('hush');
  });

  it.each([
    ['nothing on stdin', ['file:token'], ''],
    ['a variable', ['env:TOKEN'], 'hush'],
  ])('refuses %s', async (_what, args, input) => {
    const { auth } = await setUp();
    expect((await auth(['set-secret', ...args], { input })).code).toBe(2);
  });
});

it('auth list-secrets, validate and delete-secret tell the same of one secret', async () => {
  const { auth } = await setUp();
  await auth(['set-secret', 'file:token'], { input: 'hush' });
  expect((await auth(['list-secrets'])).stdout).toBe('file:token\n');
  expect(await auth(['validate', 'file:token'])).toMatchObject({
    ...{ code: 0, stdout: 'file:.../token can be used; sets Authorization\n' },
  });
  expect((await auth(['delete-secret', 'file:token'])).stdout).toBe('file:token deleted\n');
  const after = await auth(['validate', 'file:token']);
  expect({ code: after.code, told: after.stdout.includes('no such file') }).toEqual({ code: 1, told: true });
  expect((await auth(['list-secrets'])).stdout).toBe('there is no secret\n');
});

it('in a pipe they print the JSON of the API', async () => {
  const { auth, secretsRoot } = await setUp();
  const { stdout } = await auth(['providers'], { terminal: false });
  expect(JSON.parse(stdout)).toMatchObject({ fileRoot: secretsRoot, fileRootExists: true });
});
