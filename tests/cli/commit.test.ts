import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../src/shared/errors.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { stdioManifest } from '../helpers/manifests.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

async function setting() {
  const api = await testApi();
  api.runtime.add(TEXT);
  const url = await api.listen();
  const cwd = tempFolder();
  writeFileSync(join(cwd, 'a.yaml'), stdioManifest('a', []));
  const on = (argv: readonly string[]) => cli(['--daemon-url', url, ...argv], { terminal: true, cwd });
  return { api, on };
}

const AS = ['--commit', 'Because', '--commit-author', 'Grace Hopper <grace@example.com>'];
const wish = { message: 'Because', author: { name: 'Grace Hopper', email: 'grace@example.com' } };

describe('--commit', () => {
  it.each([
    ['apply', ['-f', 'a.yaml'], 'service/a created'],
    ...['start', 'restart', 'resume', 'unquarantine'].map(
      (verb) => [verb, ['files'], `service/files ${verb}`] as const,
    ),
    ['stop', ['files', '--timeout', '0s'], 'service/files stop'],
    ['suspend', ['files', '--timeout', '0s'], 'service/files suspend'],
    ['rollout undo', ['files'], 'service/files rolled back to generation 1 (now generation 3)'],
    ['remove', ['files'], 'service/files removed'],
    ['delete', ['files'], 'service/files deleted'],
    ['delete', ['policy/strict'], 'policy/strict deleted'],
    ['delete', ['toolset/reading'], 'toolset/reading deleted'],
  ] as const)('%s %j has the change committed and names the commit', async (command, args, done) => {
    const { api, on } = await setting();
    const { code, stdout } = await on([...command.split(' '), ...args, ...AS]);
    expect(code).toBe(0);
    expect(stdout).toContain(done);
    expect(stdout).toMatch(/\(commit c{12}\)\n$/);
    expect(api.runtime.asked).toContainEqual(expect.arrayContaining([expect.objectContaining({ commit: wish })]));
  });

  it('needs no message: then the daemon has one', async () => {
    const { api, on } = await setting();
    expect((await on(['restart', 'files', '--commit'])).code).toBe(0);
    expect(api.runtime.asked[0]).toEqual(['command', 'files', 'restart', { commit: {} }]);
  });

  it.each([
    [['--commit-author', 'a <a@b>'], '--commit-author needs --commit'],
    [['--commit', '--commit-author', 'Grace'], "It must be 'Name <mail>'."],
    [['--commit', '--commit-author', '<a@b>'], "It must be 'Name <mail>'."],
  ])('%j: a usage error, and nothing is asked', async (argv, words) => {
    const { api, on } = await setting();
    const { code, stderr } = await on(['stop', 'files', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(api.runtime.asked).toEqual([]);
  });

  it('without it the refusal is printed with its patch, of undo too', async () => {
    for (const argv of [
      ['stop', 'files'],
      ['apply', '-f', 'a.yaml'],
      ['delete', 'files'],
      ['rollout', 'undo', 'files'],
    ]) {
      const { api, on } = await setting();
      const message = 'lives in git: commit the change there, or repeat with --commit';
      api.runtime.failure = new ClarityError('Conflict', message, { data: { patch: '-a\n+b\n' } });
      const { code, stdout, stderr } = await on(argv);
      expect(code).toBe(1);
      expect(stderr).toContain(message);
      expect(`${stdout}${stderr}`).toMatch(/-a[^]*\+b/);
    }
  });
});
