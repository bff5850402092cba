import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRemote } from '../../helpers/git-remote.ts';
import { ObservedGitSource } from '../../helpers/observed-git-source.ts';
import { serviceText } from '../../helpers/services-folder.ts';

const A = 'services.d/a.yaml';

describe('what a git source cannot read', () => {
  it('is kept as it was: a broken file says so at its line in that commit, and a revert heals', async () => {
    const remote = new GitRemote();
    remote.commit({ [A]: serviceText('a'), 'services.d/b.yaml': serviceText('b') });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const broken = remote.commit({
      [A]: serviceText('a').replace('local_stdio', 'nonsense'),
      'services.d/c.yaml': serviceText('c'),
    });
    const snapshot = await observed.refresh();
    expect([snapshot.revision, snapshot.complete]).toEqual([`main@sha1:${broken}`, true]);
    expect(observed.names()).toEqual(['a', 'b', 'c']);
    expect(snapshot.files[0]).toMatchObject({
      file: A,
      stale: true,
      diagnostics: [{ file: A, line: 7, severity: 'error' }],
    });
    // Renamed while it is broken it still is the same file.
    remote.commit({ [A]: undefined, 'services.d/z.yaml': serviceText('a').replace('local_stdio', 'nonsense') });
    await observed.refresh();
    expect(observed.names()).toEqual(['a', 'b', 'c']);
    remote.commit({ [A]: serviceText('a'), 'services.d/z.yaml': undefined });
    expect((await observed.refresh()).files[0]).toMatchObject({ file: A, stale: false, diagnostics: [] });
  });

  it('says that a path leads out of the repository', async () => {
    const remote = new GitRemote();
    remote.commit({ [A]: serviceText('a', '    cwd: ../elsewhere') });
    const { files } = await new ObservedGitSource(remote.url).start();
    expect(files[0]).toMatchObject({ stale: true, diagnostics: [{ code: 'PathOutside', file: A, line: 1 }] });
  });

  it('is kept while the remote is gone, over a restart, and over the loss of the mirror', async () => {
    const remote = new GitRemote();
    const sha = remote.commit({ [A]: serviceText('a') });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const { stateDir, lastGood } = observed;
    const away = `${remote.folder}.away`;
    renameSync(remote.folder, away);
    const gone = { complete: false, condition: { reason: 'FetchFailed' } };
    const kept = { ...gone, revision: `main@sha1:${sha}`, commit: { sha } };
    expect(await observed.refresh()).toMatchObject(kept);
    await observed.source.close();

    const restarted = new ObservedGitSource(remote.url, { stateDir, lastGood });
    expect(await restarted.start()).toMatchObject(kept);
    expect(restarted.names()).toEqual(['a']);
    await restarted.source.close();

    rmSync(join(stateDir, 'git'), { recursive: true });
    const bare = new ObservedGitSource(remote.url, { stateDir, lastGood });
    expect(await bare.start()).toMatchObject({ ...gone, revision: 'HEAD@unknown' });
    expect(bare.names()).toEqual(['a']);
    renameSync(away, remote.folder);
    expect(await bare.refresh()).toMatchObject({ complete: true, revision: `main@sha1:${sha}` });
  });

  it('over a restart a broken file keeps its last good text, and nothing good is parsed anew', async () => {
    const remote = new GitRemote();
    remote.commit({ [A]: serviceText('a'), 'services.d/b.yaml': serviceText('b') });
    const rows = new Map<string, { key: string; text: string }>();
    let saves = 0;
    const store = {
      files: () => [...rows.keys()],
      load: (_: string, file: string, key: string) => (rows.get(file)?.key === key ? rows.get(file)?.text : undefined),
      save: (_: string, file: string, key: string, text: string) => {
        saves++;
        rows.set(file, { key, text });
      },
      forget: (_: string, file: string) => void rows.delete(file),
    };
    const parsed = { store, stamp: '1' };
    const first = new ObservedGitSource(remote.url, { parsed });
    await first.start();
    const { stateDir, lastGood } = first;
    remote.commit({ [A]: 'kind: [' });
    await first.refresh();
    await first.source.close();
    saves = 0;
    const second = new ObservedGitSource(remote.url, { parsed, stateDir, lastGood });
    expect((await second.start()).files[0]).toMatchObject({ file: A, stale: true });
    expect([second.names(), saves]).toEqual([['a', 'b'], 2]); // the last good text of the broken file, and its broken one
  });

  it('a damaged mirror is made anew', async () => {
    const remote = new GitRemote();
    const sha = remote.commit({ [A]: serviceText('a') });
    const observed = new ObservedGitSource(remote.url);
    await observed.start();
    const { stateDir, lastGood } = observed;
    await observed.source.close();
    const restarted = new ObservedGitSource(remote.url, { stateDir, lastGood });
    const [mirror = ''] = readdirSync(join(stateDir, 'git'));
    const objects = join(stateDir, 'git', mirror, 'objects');
    for (const lost of readdirSync(objects)) rmSync(join(objects, lost), { recursive: true });
    expect(await restarted.start()).toMatchObject({ complete: true, revision: `main@sha1:${sha}` });
  });
});
