import type { Commit, Repository } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import type { Access } from './access.ts';
import { makeCommit } from './commit.ts';
import { wordsOf, type GitResult } from './git.ts';
import { FETCHED, type Mirror } from './mirror.ts';
import type { RemoteRef } from './remote-ref.ts';

type Change = Parameters<Repository['commit']>[0];

export interface GitRepositoryOptions {
  /** Of the source. */
  readonly name: string;
  /** As the source names it; undefined: the remote's HEAD. */
  readonly ref: string | undefined;
  /** The folder of the manifests. */
  readonly path: string;
  readonly allowPush: boolean;
  /** The source runs signed commits only. */
  readonly verified: boolean;
  /** Of the source; opened by it. */
  readonly mirror: Mirror;
  /** What the newest look at the remote found; undefined before the first. */
  readonly found: () => RemoteRef | undefined;
  /** Lends the credentials of the source for the time of `work` (withAccess). */
  readonly withAccess: <T>(work: (access: Access) => Promise<T>) => Promise<T>;
}

const PUSH_TIMEOUT_MS = 60_000;

/** Reads and commits to a git source, in the mirror that the source fetches into. */
export class GitRepository implements Repository {
  readonly name: string;
  readonly path: string;
  readonly #options: GitRepositoryOptions;

  constructor(options: GitRepositoryOptions) {
    this.name = options.name;
    this.path = options.path;
    this.#options = options;
  }

  get branch(): string {
    const { found, ref } = this.#options;
    return found()?.name ?? ref ?? 'HEAD';
  }

  get readOnly(): string | undefined {
    const { allowPush, verified, found } = this.#options;
    if (!allowPush) return 'the source does not set allowPush';
    if (verified) return 'the source runs signed commits only, and ours are not signed';
    const remote = found();
    if (remote === undefined) return 'the repository has not been reached yet';
    return remote.isBranch ? undefined : `${this.branch} is no branch`;
  }

  async read(path: string, signal?: AbortSignal): Promise<string | undefined> {
    const { mirror } = this.#options;
    return mirror.read(await this.#parent(signal), path, signal);
  }

  async commit(change: Change, signal?: AbortSignal): Promise<Commit> {
    const { found, mirror, withAccess } = this.#options;
    const remote = found();
    if (this.readOnly !== undefined || remote === undefined)
      throw new ClarityError('Forbidden', `nothing is committed to source ${this.name}: ${this.readOnly ?? ''}`);
    return withAccess(async (access) => {
      const { parent, sha, failed } = await mirror.exclusively(() => this.#push(change, remote, access, signal));
      if (failed !== undefined) await this.#explain(failed, { parent, sha }, access, signal);
      return mirror.commit(sha, signal);
    });
  }

  /** Not within one of the mirror's turns is anything fetched: a fetch takes a turn of its own. */
  async #push(
    change: Change,
    { full }: RemoteRef,
    access: Access,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly parent: string; readonly sha: string; readonly failed?: GitResult }> {
    const { mirror } = this.#options;
    const parent = await this.#parent(signal);
    const sha = await makeCommit(mirror, parent, change, signal);
    // Never a force: the commit follows `parent`, and the lease refuses where the branch is anything else, or gone.
    const lease = `--force-with-lease=${full}:${parent}`;
    const args = ['push', '--porcelain', '--no-verify', '--no-follow-tags', lease, '--', mirror.url, `${sha}:${full}`];
    const result = await mirror.run(args, { ...access, signal, timeoutMs: PUSH_TIMEOUT_MS });
    if (result.code !== 0) return { parent, sha, failed: result };
    await mirror.must(['update-ref', FETCHED, sha, parent], { signal });
    return { parent, sha };
  }

  /**
   * Asks the remote why: what it has now says it best. Throws Conflict, with the newer commit fetched, where the branch has moved; SourceUnreadable
   * where it is gone or the push is refused. Resolves where the commit has arrived all the same.
   */
  async #explain(
    failed: GitResult,
    { parent, sha }: { readonly parent: string; readonly sha: string },
    access: Access,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { mirror, ref } = this.#options;
    const now = await mirror.look(ref, access, signal);
    if (now === undefined) throw new ClarityError('SourceUnreadable', `branch ${this.branch} is gone at the remote`);
    if (now.sha === parent) throw new ClarityError('SourceUnreadable', `the push was refused: ${refusalOf(failed)}`);
    await mirror.fetch(now, access, signal);
    if (now.sha === sha) return;
    throw new ClarityError(
      'Conflict',
      `${this.branch} of source ${this.name} has moved meanwhile; look again and repeat`,
    );
  }

  async #parent(signal: AbortSignal | undefined): Promise<string> {
    const sha = await this.#options.mirror.resolve(FETCHED, signal);
    if (sha !== undefined) return sha;
    throw new ClarityError('SourceUnreadable', `source ${this.name} has not been fetched yet`);
  }
}

/** `! <from>:<to> [remote rejected] (pre-receive hook declined)`, and what the server said. */
function refusalOf(failed: GitResult): string {
  const line = failed.stdout
    .toString('utf8')
    .split('\n')
    .find((text) => text.startsWith('!\t'));
  const summary = line?.split('\t')[2];
  const words = wordsOf(failed);
  return summary === undefined ? words : `${oneLine(summary, 200)}: ${words}`;
}
