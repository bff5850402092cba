import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDaemonArgs } from '../../src/config/index.ts';

const cwd = tmpdir();

function gitSources(...uris: readonly string[]) {
  const command = parseDaemonArgs(
    uris.flatMap((uri) => ['--source', uri]),
    {},
    cwd,
    '1',
  );
  return command.kind === 'run' ? command.config.sources.slice(1) : [];
}

const STANDARD = { kind: 'git', path: 'services.d', intervalMs: 60_000, allowPush: false, prune: true };

describe('--source git+URL#REF:PATH', () => {
  it.each([
    ['git+https://git.example.com/team/tools.git', { name: 'tools', url: 'https://git.example.com/team/tools.git' }],
    ['git+https://x/Our_Tools.git/#main', { name: 'our-tools', url: 'https://x/Our_Tools.git/', ref: 'main' }],
    ['git+https://x/y#:mcp/prod/', { name: 'y', url: 'https://x/y', path: 'mcp/prod' }],
    ['git+https://x/y#:', { name: 'y', url: 'https://x/y', path: '.' }],
    ['git+git@host:group/y.git#feature/a:.', { name: 'y', url: 'git@host:group/y.git', ref: 'feature/a', path: '.' }],
    ['git+ssh://git@host:22/y#v1.2', { name: 'y', url: 'ssh://git@host:22/y', ref: 'v1.2' }],
    ['git+file:///srv/y.git', { name: 'y', url: 'file:///srv/y.git' }],
    ['git+../y.git', { name: 'y', url: resolve(cwd, '../y.git') }],
    ['git+https://x/---', { name: 'source', url: 'https://x/---' }],
  ])('%s', (uri, expected) => expect(gitSources(uri)).toEqual([{ ...STANDARD, ...expected }]));

  it('gives each a name of its own', () => {
    const uris = ['git+https://x/y', 'git+https://z/y.git', 'git+https://x/y#other', 'dir:y'];
    expect(gitSources(...uris).map(({ name }) => name)).toEqual(['y', 'y-2', 'y-3', 'y-4']);
  });
});
