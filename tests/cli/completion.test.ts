import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** What bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await cli(['completion', 'bash']);
  const script = join(tempFolder(), 'completion.bash');
  writeFileSync(script, stdout);
  const ask = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _clarityctl; printf "%s\\n" "\${COMPREPLY[@]}"`;
  const said = execFileSync('bash', ['-c', ask, script, 'clarityctl', ...words], { encoding: 'utf8' });
  return said.split('\n').filter((line) => line !== '');
}

it.each([
  [['rest'], ['restart']],
  [
    ['rollout', ''],
    ['history', 'undo', '--daemon-url', '--auth-token', '--output', '--no-color', '--version', '--help'],
  ],
  [['rollout', 'undo', 'files', '--dry'], ['--dry-run']],
  [['--no-color', 'auth', 'set'], ['set-secret']],
  [['completion', 'z'], ['zsh']],
  [['get', 'x'], []],
])('bash completes %j', async (words, expected) => {
  expect(await offered(...words)).toEqual(expect.arrayContaining(expected));
  if (words.at(-1) !== '') expect(await offered(...words)).toEqual(expected);
});

it.each(['bash', 'zsh', 'fish'])('%s gets every command and flag with no quote left open', async (shell) => {
  const { code, stdout } = await cli(['completion', shell]);
  expect(code).toBe(0);
  for (const word of ['rollout', 'set-secret', 'max-payload-bytes', 'daemon-url']) expect(stdout).toContain(word);
  expect(stdout.split("'").length % 2).toBe(1);
});

it('another shell is a usage error', async () => {
  expect((await cli(['completion', 'tcsh'])).code).toBe(2);
});
