import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRemote } from '../../helpers/git-remote.ts';
import { repositoryOf } from '../../helpers/git-repository.ts';

const files = {
  'services.d/a.yaml': 'a: 1\n',
  'services.d/run.yaml': { executable: 'x: 1\n' },
  'README.md': 'hello\n',
};
const author = { name: 'Grace Hopper', email: 'grace@example.com' };
const put = (text: string | undefined, path = 'services.d/a.yaml') => ({
  files: [{ path, text }],
  message: 'Change a',
});

function remoteWith(extra: Parameters<GitRemote['commit']>[0] = {}): GitRemote {
  const remote = new GitRemote();
  remote.commit(files);
  remote.commit({ 'CHANGES.md': 'one\n', ...extra });
  return remote;
}

/** A hook of the server: run by it, never by us. */
function hook(remote: GitRemote, name: string, script: string): void {
  const folder = join(remote.folder, 'hooks');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  remote.git('config', 'core.hooksPath', folder);
}

describe('a commit to a git source', () => {
  it('is one commit on top of the branch, with its author, the message verbatim, and nothing else changed', async () => {
    const remote = remoteWith();
    const before = remote.sha('main');
    const { repository, mirror } = await repositoryOf(remote);
    const message = 'Stop a\n\n# no comment\nit is “done”\n';
    const commit = await repository.commit({ ...put('a: 2\n'), message, author });
    expect(commit).toMatchObject({ sha: remote.sha('main'), author: 'Grace Hopper', subject: 'Stop a' });
    expect(remote.git('log', '-1', '--format=%P|%an <%ae>|%cn <%ce>', 'main')).toBe(
      `${before ?? ''}|Grace Hopper <grace@example.com>|clarity-runtime <clarity-runtime@localhost>`,
    );
    expect(remote.git('log', '-1', '--format=%B', 'main')).toBe(message.trim());
    expect(remote.git('diff', '--raw', '--no-abbrev', 'main~1', 'main').split('\n')).toEqual([
      expect.stringMatching(/^:100644 100644 \S+ \S+ M\tservices\.d\/a\.yaml$/),
    ]);
    expect(remote.git('show', 'main:services.d/a.yaml')).toBe('a: 2');
    expect(readdirSync(mirror.folder).filter((name) => name.startsWith('index'))).toEqual([]);
    // The next stands on it without another look.
    await repository.commit({ ...put('a: 3\n'), message: 'again' });
    expect(remote.git('log', '-1', '--format=%P|%an', 'main')).toBe(`${commit.sha}|clarity-runtime`);
    expect(await repository.read('services.d/a.yaml')).toBe('a: 3\n');
  });

  it('takes a file away, makes one, and leaves modes alone', async () => {
    const remote = remoteWith();
    const { repository } = await repositoryOf(remote);
    await repository.commit({
      files: [
        { path: 'services.d/a.yaml', text: undefined },
        { path: 'services.d/run.yaml', text: 'x: 2\n' },
        { path: 'services.d/new dir/"n".yaml', text: '' },
      ],
      message: 'Three',
    });
    expect(remote.git('-c', 'core.quotePath=false', 'ls-tree', '-r', '--format=%(objectmode) %(path)', 'main')).toBe(
      ['100644 CHANGES.md', '100644 README.md', '100644 "services.d/new dir/\\"n\\".yaml"', '100755 services.d/run.yaml'].join('\n'), // prettier-ignore
    );
  });

  it('where the branch has moved: Conflict, nothing pushed, the newer commit is there to look at', async () => {
    const remote = remoteWith();
    const { repository } = await repositoryOf(remote);
    const theirs = remote.commit({ 'services.d/b.yaml': 'b: 1\n' });
    await expect(repository.commit(put('a: 2\n'))).rejects.toMatchObject({ code: 'Conflict' });
    expect(remote.sha('main')).toBe(theirs);
    expect(await repository.read('services.d/b.yaml')).toBe('b: 1\n');
    await repository.commit(put('a: 2\n'));
    expect(remote.git('log', '-1', '--format=%P', 'main')).toBe(theirs);
  });

  it('where somebody pushes between the look and the push: Conflict as well', async () => {
    const remote = remoteWith();
    const { repository } = await repositoryOf(remote);
    const theirs = remote.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'theirs');
    hook(remote, 'pre-receive', `env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main ${theirs}`);
    await expect(repository.commit(put('a: 2\n'))).rejects.toMatchObject({ code: 'Conflict' });
    expect(remote.sha('main')).toBe(theirs);
  });

  it('a push that the server refuses says what the server said, and changes nothing here', async () => {
    const remote = remoteWith();
    hook(remote, 'pre-receive', 'echo "main is protected" >&2; exit 1');
    const { repository } = await repositoryOf(remote);
    await expect(repository.commit(put('a: 2\n'))).rejects.toMatchObject({
      code: 'SourceUnreadable',
      message: expect.stringMatching(
        /push was refused: \[remote rejected\] \(pre-receive hook declined\).*main is protected/,
      ) as string,
    });
    expect(await repository.read('services.d/a.yaml')).toBe('a: 1\n');
  });

  it('a branch that is gone is not made anew', async () => {
    const remote = remoteWith();
    const { repository } = await repositoryOf(remote, { ref: 'main' });
    remote.git('update-ref', '-d', 'refs/heads/main');
    await expect(repository.commit(put('a: 2\n'))).rejects.toMatchObject({
      code: 'SourceUnreadable',
      message: 'branch main is gone at the remote',
    });
    expect(remote.sha('refs/heads/main')).toBeUndefined();
  });

  it.each([
    ['a link', { link: 'a.yaml' }],
    ['a submodule', { submodule: '1'.repeat(40) }],
  ])('%s is not written through', async (_, entry) => {
    const remote = remoteWith({ 'services.d/l.yaml': entry });
    const { repository } = await repositoryOf(remote);
    await expect(repository.commit(put('a: 2\n', 'services.d/l.yaml'))).rejects.toMatchObject({ code: 'Conflict' });
  });

  it('is not made where the source does not let us', async () => {
    const remote = remoteWith();
    remote.git('tag', 'v1', 'main');
    for (const [over, why] of [
      [{ allowPush: false }, 'the source does not set allowPush'],
      [{ verified: true }, 'the source runs signed commits only, and ours are not signed'],
      [{ ref: 'v1' }, 'v1 is no branch'],
      [{ found: () => undefined }, 'the repository has not been reached yet'],
    ] as const) {
      const { repository } = await repositoryOf(remote, over);
      expect(repository.readOnly).toBe(why);
      await expect(repository.commit(put('a: 2\n'))).rejects.toMatchObject({ code: 'Forbidden' });
    }
  });

  it('many at once wait for each other', async () => {
    const remote = remoteWith();
    const { repository } = await repositoryOf(remote);
    await Promise.all(['x', 'y', 'z'].map((name) => repository.commit(put('1\n', `services.d/${name}.yaml`))));
    expect(remote.git('rev-list', '--count', 'main')).toBe('5');
  });
});
