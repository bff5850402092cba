import { describe, expect, it } from 'vitest';
import { GitRemote } from '../../helpers/git-remote.ts';
import { ObservedGitSource } from '../../helpers/observed-git-source.ts';
import { serviceText } from '../../helpers/services-folder.ts';

const put = (...names: string[]) => Object.fromEntries(names.map((n) => [`services.d/${n}.yaml`, serviceText(n)]));

describe('a git source', () => {
  it('reports the newest commit, and each that comes, at its revision', async () => {
    const remote = new GitRemote();
    const first = remote.commit({ ...put('a', 'b'), 'README.md': 'x' }, { message: 'two services\n\nmore' });
    const observed = new ObservedGitSource(remote.url);
    const snapshot = await observed.start();
    expect(observed.names()).toEqual(['a', 'b']);
    expect(snapshot).toMatchObject({ source: 'fleet', revision: `main@sha1:${first}`, complete: true });
    expect(snapshot.commit).toMatchObject({ sha: first, author: 'Ada', subject: 'two services' });
    expect(snapshot.commit!.atMs).toBeGreaterThan(Date.now() - 3_600_000);
    expect(snapshot).not.toHaveProperty('condition');

    await observed.refresh();
    expect(observed.reports).toHaveLength(1); // nothing new
    const second = remote.commit({ 'services.d/b.yaml': undefined, ...put('c') });
    const next = await observed.refresh();
    expect(next).toBe(observed.latest);
    expect([next.revision, observed.names()]).toEqual([`main@sha1:${second}`, ['a', 'c']]);
    expect(next.files[0]).toBe(snapshot.files[0]); // an untouched file is the same object
    expect([...observed.lastGood.texts.keys()]).toEqual(['services.d/a.yaml', 'services.d/c.yaml']);
  });

  it('follows a force-push, and keeps everything where the branch or the folder is deleted', async () => {
    const remote = new GitRemote();
    remote.commit(put('a'), { branch: 'live' });
    const observed = new ObservedGitSource(remote.url, { ref: 'live' });
    await observed.start();
    const forced = remote.commit(put('b'), { branch: 'live', fresh: true });
    expect(observed.names(await observed.refresh())).toEqual(['b']);
    const kept = { revision: `live@sha1:${forced}`, complete: false };
    remote.git('update-ref', '-d', 'refs/heads/live');
    expect(await observed.refresh()).toMatchObject({ ...kept, condition: { reason: 'RefNotFound' } });
    remote.commit({ 'elsewhere/a.yaml': serviceText('a') }, { branch: 'live' });
    expect(await observed.refresh()).toMatchObject({ ...kept, condition: { reason: 'SourceMissing' } });
    expect(observed.names()).toEqual(['b']);
    const healed = remote.commit(put('c'), { branch: 'live' });
    expect(await observed.refresh()).toMatchObject({ revision: `live@sha1:${healed}`, complete: true });
    expect(observed.names()).toEqual(['c']);
  });

  it('is of a tag, or of a sha', async () => {
    const remote = new GitRemote();
    const sha = remote.commit(put('a'));
    remote.git('tag', 'v1');
    remote.commit(put('b'));
    for (const [ref, revision] of [
      ['v1', `v1@sha1:${sha}`],
      [sha, `sha1:${sha}`],
    ] as const) {
      const observed = new ObservedGitSource(remote.url, { ref });
      expect([(await observed.start()).revision, observed.names()]).toEqual([revision, ['a']]);
    }
  });

  it('finds manifests in the folder and one below, within the limits, and no others', async () => {
    const remote = new GitRemote();
    remote.commit({
      'deploy/a.yaml': serviceText('a'),
      'deploy/more/b.yml': serviceText('b'),
      'deploy/more/deep/c.yaml': serviceText('c'),
      'deploy/.hidden/d.yaml': serviceText('d'),
      'deploy/notes.txt': 'x',
      'deploy/~e.yaml~': serviceText('e'),
      'deploy/latin.yaml': '\u0000',
      'deploy/large.json': ' '.repeat(1_048_577),
      'deploy/inside.yaml': { link: 'more/../a.yaml' },
      'deploy/outside.yaml': { link: '../secret.yaml' },
      'deploy/sub': { submodule: '1'.repeat(40) },
      'deploymore/x.yaml': serviceText('x'),
      'secret.yaml': serviceText('secret'),
    });
    const observed = new ObservedGitSource(remote.url, { path: './deploy/' });
    const { files } = await observed.start();
    expect(observed.names()).toEqual(['a', 'a', 'b']); // the link says what the file says: a clash, as in a folder
    const codes = files.flatMap(({ file, diagnostics }) => diagnostics.map(({ code }) => `${file} ${code}`));
    expect(codes).toEqual(
      expect.arrayContaining(['deploy/large.json FileTooLarge', 'deploy/outside.yaml SymlinkOutside']),
    );
    expect(files.map(({ file }) => file)).toEqual(
      ['inside', 'large', 'latin', 'more/b', 'outside'].reduce<string[]>(
        (all, name) => [...all, `deploy/${name}.${name === 'large' ? 'json' : name === 'more/b' ? 'yml' : 'yaml'}`],
        ['deploy/a.yaml'],
      ),
    );
  });
});
