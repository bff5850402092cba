import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ObservedGitSource } from '../../helpers/observed-git-source.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const TOKEN = 'tok3n-0f-the-test';
const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----';

/** A source whose git writes down how it was called, and does nothing but `init`. */
async function calls(url: string, secret: string) {
  const folder = tempFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const log = join(folder, 'log');
  writeFileSync(
    join(bin, 'git'),
    [
      '#!/bin/sh',
      `echo "ARGV $*" >> ${log}`,
      // A new mirror is made; there is nothing in it.
      '[ "$1" = ls-remote ] || { [ "$1" = init ]; exit $?; }',
      `env >> ${log}`,
      // The key's file, while it is in use.
      `key=$(printf '%s' "$GIT_SSH_COMMAND" | sed -n "s/.*-i '\\([^']*\\)'.*/\\1/p")`,
      `[ -z "$key" ] || { stat -c 'MODE %a' "$key"; cat "$key"; } >> ${log}`,
      'echo "fatal: no" >&2; exit 128',
      '',
    ].join('\n'),
  );
  chmodSync(join(bin, 'git'), 0o755);
  const observed = new ObservedGitSource(url, {
    secretRef: 'env:SECRET',
    secrets: { resolve: () => Promise.resolve(secret), resolveHeader: () => Promise.reject(new Error()) },
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, GIT_TRACE_CURL: '1' },
  });
  const snapshot = await observed.start();
  const lines = readFileSync(log, 'utf8').split('\n');
  const argv = lines.filter((line) => line.startsWith('ARGV'));
  return {
    observed,
    snapshot,
    lines,
    argv,
    shown: JSON.stringify([snapshot, observed.warnings, observed.source.location, argv]),
  };
}

describe('the credentials of a git source', () => {
  it.each([
    [TOKEN, `x-access-token:${TOKEN}`],
    [`ada:${TOKEN}`, `ada:${TOKEN}`],
  ])('a token or a password reaches git as a setting in its environment only', async (secret, pair) => {
    const { lines, argv, shown, snapshot } = await calls('https://git.example.com/fleet.git', secret);
    const encoded = Buffer.from(pair).toString('base64');
    expect(snapshot).toMatchObject({ complete: false, condition: { reason: 'FetchFailed' } });
    expect(lines.filter((line) => line.includes(encoded))).toEqual([
      expect.stringContaining(`=Authorization: Basic ${encoded}`),
    ]);
    expect(argv).toContainEqual(expect.stringContaining('ls-remote'));
    for (const hidden of [TOKEN, encoded]) expect(shown).not.toContain(hidden);
    expect(lines).toEqual(
      expect.arrayContaining(['GIT_CONFIG_KEY_8=http.followRedirects', 'GIT_CONFIG_VALUE_8=false']),
    );
    expect(lines.some((line) => line.startsWith('GIT_TRACE'))).toBe(false);
  });

  it('a private key is a file that only we may read, for as long as git runs', async () => {
    const { lines, shown, observed } = await calls('git@git.example.com:group/fleet.git', KEY);
    expect(lines).toEqual(expect.arrayContaining(['MODE 600', 'c2VjcmV0']));
    expect(shown).not.toContain('c2VjcmV0');
    const keys = readdirSync(join(observed.stateDir, 'git')).filter((name) => name.endsWith('.keys'));
    expect(keys.map((name) => readdirSync(join(observed.stateDir, 'git', name)))).toEqual([[]]);
  });

  it('the path of a key is given to ssh as one word', async () => {
    const { lines } = await calls('ssh://git@git.example.com/fleet.git', "/keys/a b's");
    expect(lines).toContainEqual(expect.stringContaining("GIT_SSH_COMMAND=ssh -i '/keys/a b'\\''s' "));
  });

  it('what does not fit the URL is refused without the secret in the message', async () => {
    for (const [url, secret] of [
      ['file:///srv/fleet.git', TOKEN],
      ['ssh://git@git.example.com/fleet.git', TOKEN],
    ] as const) {
      const { snapshot, shown } = await calls(url, secret);
      expect(snapshot.condition?.reason).toBe('FetchFailed');
      expect(shown).not.toContain(TOKEN);
    }
  });
});
