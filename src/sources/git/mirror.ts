import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import type { Access } from './access.ts';
import type { Git, GitResult, GitRun } from './git.ts';
import { parseTree, type TreeEntry } from './tree-entry.ts';
import { remoteRef, refQuestion, type RemoteRef } from './remote-ref.ts';

/** The commit that was fetched last. */
export const FETCHED = 'refs/clarity/fetched';
/** The commit that the source stands at: where verification fails, an older one. Its objects are kept as well. */
export const IN_FORCE = 'refs/clarity/in-force';
const FETCH_TIMEOUT_MS = 60_000;
const LOOK_TIMEOUT_MS = 30_000;
const GC_TIMEOUT_MS = 120_000;
/** Each fetch leaves a pack or some objects behind; after so many of them they are put together, and what nothing refers to goes. */
const FETCHES_BETWEEN_GC = 50;
/** Bytes of blobs that one process hands over. */
const BATCH_BYTES = 16 * 1024 * 1024;

export interface MirrorOptions {
  readonly git: Git;
  /** Made where missing, with all folders above it. A cache: what is damaged is made anew. */
  readonly folder: string;
  readonly url: string;
}

type MirrorRun = Omit<GitRun, 'cwd'>;

interface Blob {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * A bare repository that holds the newest commit of one ref of one remote, without its history. Reads any number at a time; what changes it (fetch,
 * and `exclusively`) happens one at a time.
 */
export class Mirror {
  readonly url: string;
  /** Absolute. */
  readonly folder: string;
  readonly #git: Git;
  #last: Promise<unknown> = Promise.resolve();
  #fetches = 0;

  constructor({ git, folder, url }: MirrorOptions) {
    this.url = url;
    this.#git = git;
    this.folder = folder;
  }

  /** Finds the mirror or makes it. Throws ClarityError SourceUnreadable or CommandNotFound (no git). */
  async open(signal?: AbortSignal): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const found = await this.run(['rev-parse', '--is-bare-repository'], { signal });
    if (found.code === 0 && found.stdout.toString().trim() === 'true') return;
    await this.reset(signal);
  }

  /** Makes it anew, with nothing in it. */
  async reset(signal?: AbortSignal): Promise<void> {
    await this.exclusively(async () => {
      await rm(this.folder, { recursive: true, force: true });
      await mkdir(this.folder, { mode: 0o700 });
      await this.must(['init', '--quiet', '--bare', '--template='], { signal });
    });
  }

  /**
   * What `ref` is at the remote now: a branch, else a tag; a whole sha is itself; undefined: its HEAD. One short conversation, so that nothing is
   * fetched in vain. Undefined where there is no such ref. Throws ClarityError SourceUnreadable where the remote cannot be asked.
   */
  async look(ref: string | undefined, access: Access, signal?: AbortSignal): Promise<RemoteRef | undefined> {
    const question = refQuestion(ref);
    if ('sha' in question) return question;
    const args = ['ls-remote', '--quiet', '--symref', '--', this.url, ...question];
    const said = await this.must(args, { ...access, signal, timeoutMs: LOOK_TIMEOUT_MS });
    return remoteRef(question, said.toString('utf8'));
  }

  /** Fetches what `look` found and resolves with its commit's sha, which may be a newer one. Throws ClarityError SourceUnreadable. */
  async fetch({ full }: RemoteRef, access: Access, signal?: AbortSignal): Promise<string> {
    return this.exclusively(async () => {
      await this.#unlock();
      if (++this.#fetches % FETCHES_BETWEEN_GC === 0) await this.#tidy(signal);
      const options = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--depth=1'];
      const args = ['fetch', ...options, '--', this.url, `+${full}:${FETCHED}`];
      await this.must(args, { ...access, signal, timeoutMs: FETCH_TIMEOUT_MS });
      const sha = await this.resolve(FETCHED, signal);
      if (sha === undefined) throw new ClarityError('SourceUnreadable', `${full} of ${this.url} is no commit`);
      return sha;
    });
  }

  /** The sha of the commit that a name of ours, or a sha, stands for; undefined where the mirror has none. */
  async resolve(name: string, signal?: AbortSignal): Promise<string | undefined> {
    const found = await this.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
      signal,
    });
    return found.code === 0 ? found.stdout.toString().trim() : undefined;
  }

  /** Says that the source stands at `sha` now. */
  async keep(sha: string, signal?: AbortSignal): Promise<void> {
    await this.must(['update-ref', IN_FORCE, sha], { signal });
  }

  /** Who made a commit, when, and its first line. */
  async commit(sha: string, signal?: AbortSignal): Promise<Commit> {
    const args = ['show', '--no-patch', '--no-show-signature', '--format=%an%x00%s%x00%ct', sha, '--'];
    const [author = '', subject = '', seconds = ''] = (await this.must(args, { signal })).toString('utf8').split('\0');
    return { sha, author: oneLine(author, 100), subject: oneLine(subject, 200), atMs: Number(seconds) * 1000 };
  }

  /** Everything below a folder of a commit (`''`: its root), at any depth, sorted by path; paths from the root. None where it is no folder. */
  async tree(sha: string, folder = '', signal?: AbortSignal): Promise<readonly TreeEntry[]> {
    const path = folder === '' ? [] : [`${folder}/`];
    const args = ['ls-tree', '-r', '-z', '--long', '--full-tree', sha, '--', ...path];
    return parseTree(await this.must(args, { signal }));
  }

  /** The text of one file of a commit; undefined where there is none, or it is a folder, a link or no text. */
  async read(sha: string, path: string, signal?: AbortSignal): Promise<string | undefined> {
    const args = ['ls-tree', '-z', '--long', '--full-tree', sha, '--', path];
    const [entry] = parseTree(await this.must(args, { signal }));
    if (entry?.type !== 'file' || entry.path !== path) return undefined;
    return (await this.must(['cat-file', 'blob', entry.id], { signal })).toString('utf8');
  }

  /** The contents of blobs, 16 MiB at a time in the order given, each time from one process. */
  async *blobs<B extends Blob>(blobs: readonly B[], signal?: AbortSignal): AsyncGenerator<[blob: B, content: Buffer]> {
    for (let at = 0; at < blobs.length;) {
      const begin = at;
      let bytes = 0;
      do bytes += blobs[at++]?.size ?? 0;
      while (at < blobs.length && bytes + (blobs[at]?.size ?? 0) <= BATCH_BYTES);
      yield* await this.#batch(blobs.slice(begin, at), signal);
    }
  }

  async #batch<B extends Blob>(blobs: readonly B[], signal: AbortSignal | undefined): Promise<[B, Buffer][]> {
    const input = blobs.map(({ id }) => `${id}\n`).join('');
    const output = await this.must(['cat-file', '--batch'], { input, signal });
    let at = 0;
    return blobs.map((blob) => {
      const end = output.indexOf(0x0a, at);
      const [id, type, size] = output.toString('latin1', at, end).split(' ');
      if (end === -1 || id !== blob.id || type !== 'blob')
        throw new ClarityError('SourceUnreadable', `the mirror of ${this.url} lacks the blob ${blob.id}`);
      at = end + 1 + Number(size) + 1;
      return [blob, output.subarray(end + 1, at - 1)];
    });
  }

  /** Runs what changes the repository, after what already does. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined); // whoever asked hears of it
    return turn;
  }

  /** Any git command in the mirror (see Git.run). */
  run(args: readonly string[], run: MirrorRun): Promise<GitResult> {
    return this.#git.run(args, this.#inMirror(run));
  }

  /** A git command in the mirror that has to end with 0 (see Git.must). */
  must(args: readonly string[], run: MirrorRun): Promise<Buffer> {
    return this.#git.must(args, this.#inMirror(run));
  }

  #inMirror(run: MirrorRun): GitRun {
    return { ...run, cwd: this.folder, env: { ...run.env, GIT_DIR: this.folder } };
  }

  /** Nobody else is in here: a lock was left by a git that was ended half way, and would stop every other. */
  async #unlock(): Promise<void> {
    for (const below of ['', 'refs/clarity']) {
      const folder = join(this.folder, below);
      const names = await readdir(folder).catch(() => []); // nothing was fetched yet
      for (const name of names) if (name.endsWith('.lock')) await rm(join(folder, name), { force: true });
    }
  }

  async #tidy(signal: AbortSignal | undefined): Promise<void> {
    await this.must(['gc', '--quiet', '--prune=now'], { signal, timeoutMs: GC_TIMEOUT_MS });
  }
}
