import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Git } from '../../../src/sources/git/git.ts';
import { Mirror } from '../../../src/sources/git/mirror.ts';
import { systemClock } from '../../helpers/clock.ts';
import { GitRemote } from '../../helpers/git-remote.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const OPEN = { settings: {}, env: {} };

async function mirrorOf(remote: GitRemote, folder = join(tempFolder(), 'git', 'mirror')): Promise<Mirror> {
  const git = new Git({ clock: systemClock, env: process.env, instance: 'test:mirror' });
  const mirror = new Mirror({ git, folder, url: remote.url });
  await mirror.open();
  return mirror;
}

async function fetched(mirror: Mirror, ref?: string): Promise<string> {
  const found = await mirror.look(ref, OPEN);
  return mirror.fetch(found!, OPEN);
}

describe('the mirror of a repository', () => {
  it('fetches one ref and reads its files, modes and commit', async () => {
    const remote = new GitRemote();
    const text = 'ü\nb\0c';
    remote.commit({ 'gone.txt': 'history is not needed' });
    const sha = remote.commit({
      'gone.txt': undefined,
      'a dir/ä.txt': text,
      'run.sh': { executable: '#!/bin/sh\n' },
      link: { link: 'run.sh' },
      sub: { submodule: '1'.repeat(40) },
    });
    const mirror = await mirrorOf(remote);
    expect(await mirror.look(undefined, OPEN)).toMatchObject({ name: 'main', isBranch: true, sha });
    expect(await fetched(mirror)).toBe(sha);
    const tree = await mirror.tree(sha);
    expect(tree.map(({ path, type, size }) => [path, type, size])).toEqual([
      ['a dir/ä.txt', 'file', 6],
      ['link', 'link', 6],
      ['run.sh', 'executable', 10],
      ['sub', 'submodule', 0],
    ]);
    expect(await mirror.tree(sha, 'a dir')).toEqual([tree[0]]);
    expect(await mirror.tree(sha, 'none')).toEqual([]);
    expect(await mirror.read(sha, 'a dir/ä.txt')).toBe(text);
    expect([await mirror.read(sha, 'none'), await mirror.read(sha, 'a dir'), await mirror.read(sha, 'link')]).toEqual(
      [undefined, undefined, undefined], // prettier-ignore
    );
    const contents: string[] = [];
    for await (const [{ path }, content] of mirror.blobs(tree.slice(0, 3)))
      contents.push(`${path}: ${String(content)}`);
    expect(contents).toEqual([`a dir/ä.txt: ${text}`, 'link: run.sh', 'run.sh: #!/bin/sh\n']);
    expect(await mirror.commit(sha)).toMatchObject({ sha, author: 'Ada', subject: 'change' });
    expect((await mirror.run(['rev-list', '--count', sha], {})).stdout.toString().trim()).toBe('1');
  });

  it('knows branches, tags of both kinds, shas, and what is not there', async () => {
    const remote = new GitRemote();
    const first = remote.commit({ a: '1' });
    remote.git('tag', 'light', first);
    remote.git('tag', '-a', '-m', 'x', 'heavy', first);
    const second = remote.commit({ a: '2' });
    remote.git('tag', 'main', first);
    const mirror = await mirrorOf(remote);
    for (const [ref, sha, name, isBranch] of [
      ['main', second, 'main', true], // before the tag of that name
      ['light', first, 'light', false],
      ['heavy', first, 'heavy', false],
      ['refs/tags/main', first, 'main', false],
      [first, first, undefined, false],
    ] as const) {
      expect(await mirror.look(ref, OPEN)).toMatchObject({ sha, name, isBranch });
      expect(await fetched(mirror, ref)).toBe(sha);
    }
    expect(await mirror.look('none', OPEN)).toBeUndefined();
    for (const ref of ['--upload-pack=evil', 'a..b', 'a b', '', 'x*'])
      await expect(mirror.look(ref, OPEN)).rejects.toThrow('no name of a branch');
  });

  it('follows a force-push, and keeps what is in force over a clean-up', async () => {
    const remote = new GitRemote();
    const mirror = await mirrorOf(remote);
    const old = remote.commit({ a: '1' });
    await fetched(mirror);
    await mirror.keep(old);
    const sha = remote.commit({ b: '2' }, { fresh: true });
    expect(await fetched(mirror)).toBe(sha);
    await mirror.must(['gc', '--quiet', '--prune=now'], {});
    expect([await mirror.read(sha, 'a'), await mirror.read(sha, 'b'), await mirror.read(old, 'a')]).toEqual([
      undefined,
      '2',
      '1',
    ]);
  });

  it('is made anew where it is damaged, and says what git says where the remote is gone', async () => {
    const remote = new GitRemote();
    remote.commit({ a: '1' });
    const folder = join(tempFolder(), 'mirror');
    await mirrorOf(remote, folder);
    writeFileSync(join(folder, 'HEAD'), 'rubbish');
    const anew = await mirrorOf(remote, folder);
    writeFileSync(join(folder, 'shallow.lock'), ''); // of a git that was killed
    expect(await fetched(anew)).toBe(remote.sha('main'));
    const git = new Git({ clock: systemClock, env: process.env, instance: 'test:mirror' });
    const lost = new Mirror({ git, folder, url: 'file:///nonexistent/repo.git' });
    await expect(lost.look('main', OPEN)).rejects.toMatchObject({
      code: 'SourceUnreadable',
      message: expect.stringContaining('nonexistent') as string,
    });
  });
});
