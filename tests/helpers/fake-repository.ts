import type { Commit, Repository } from '../../src/reconcile/ports.ts';
import { ClarityError } from '../../src/shared/errors.ts';

type Change = Parameters<Repository['commit']>[0];

/** A repository in memory, branch main of source team, whose manifests are in services.d. */
export class FakeRepository implements Repository {
  readonly name = 'team';
  readonly branch = 'main';
  readonly path = 'services.d';
  readOnly: string | undefined;
  readonly files = new Map<string, string>();
  readonly commits: Change[] = [];
  /** Happens instead of the next push, as by others who were faster: that push is a Conflict. */
  readonly meanwhile: (() => void)[] = [];

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  commit(change: Change): Promise<Commit> {
    const others = this.meanwhile.shift();
    if (others !== undefined) {
      others();
      return Promise.reject(new ClarityError('Conflict', 'main of source team has moved meanwhile'));
    }
    for (const { path, text } of change.files)
      if (text === undefined) this.files.delete(path);
      else this.files.set(path, text);
    this.commits.push(change);
    const sha = String(this.commits.length).repeat(40);
    return Promise.resolve({ sha, author: change.author?.name ?? '', subject: change.message, atMs: 0 });
  }
}
