import { join } from 'node:path';
import { Git } from '../../src/sources/git/git.ts';
import { GitRepository, type GitRepositoryOptions } from '../../src/sources/git/git-repository.ts';
import { Mirror } from '../../src/sources/git/mirror.ts';
import { systemClock } from './clock.ts';
import type { GitRemote } from './git-remote.ts';
import { tempFolder } from './temp-folder.ts';

const OPEN = { settings: {}, env: {} };

/** A repository of a source that has fetched `ref` once. */
export async function repositoryOf(
  remote: GitRemote,
  over: Partial<GitRepositoryOptions> = {},
): Promise<{ readonly repository: GitRepository; readonly mirror: Mirror }> {
  const git = new Git({ clock: systemClock, env: process.env, instance: 'test:commit' });
  const mirror = new Mirror({ git, folder: join(tempFolder(), 'mirror'), url: remote.url });
  await mirror.open();
  const ref = over.ref;
  const found = await mirror.look(ref, OPEN);
  if (found !== undefined) await mirror.fetch(found, OPEN);
  const repository = new GitRepository({
    name: 'team',
    ref,
    path: 'services.d',
    allowPush: true,
    verified: false,
    mirror,
    found: () => found,
    withAccess: (work) => work(OPEN),
    ...over,
  });
  return { repository, mirror };
}
