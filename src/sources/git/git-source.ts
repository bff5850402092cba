import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { RefreshHint, Snapshot, Source, Why } from '../../reconcile/ports.ts';
import { ClarityError, errorMessage } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import { within } from '../../shared/within.ts';
import { SOURCE_LIMITS } from '../limits.ts';
import { ParseCache } from '../parse-cache.ts';
import { PassLoop, type PassRequest, type PassResult } from '../pass-loop.ts';
import { sameSnapshot } from '../same-snapshot.ts';
import { withAccess } from './access.ts';
import { Checkout, type InForce } from './checkout.ts';
import { TreeExport } from './export.ts';
import { Git } from './git.ts';
import { GitHoldings } from './holdings.ts';
import { IN_FORCE, Mirror } from './mirror.ts';
import type { GitSourceOptions } from './options.ts';
import { parseOfRepository } from './parse.ts';
import { nextLookMs } from './poll.ts';
import type { RemoteRef } from './remote-ref.ts';
import { verifyCommit, type Verified } from './verify.ts';

/** A look, a fetch and the files of a large repository. */
const PASS_MS = 300_000;
/** The start of everything else does not wait longer for a remote. */
const PATIENCE_MS = 5000;

interface Parts {
  readonly mirror: Mirror;
  readonly holdings: GitHoldings;
  readonly checkout: Checkout;
  readonly loop: PassLoop;
}

/**
 * A branch, or tag, of a repository as a Source: what its newest commit says, and where that cannot be had, what the last good one said
 * (reconcile-behaviour §3, Source).
 */
export class GitSource implements Source {
  readonly name: string;
  readonly kind = 'git';
  readonly location: string;
  readonly workspace: string;
  readonly prune: boolean;
  readonly #options: GitSourceOptions;
  readonly #parts: Parts;
  #listener: (snapshot: Snapshot) => void = () => undefined;
  #snapshot: Snapshot | undefined;
  #inForce: InForce | undefined;
  #verified: Verified | undefined;
  /** The newest commit that was fetched. */
  #fetched: string | undefined;
  #opened = false;
  /** Looks at the remote in a row that failed. */
  #failures = 0;

  /** Throws ClarityError BadRequest for a path that is none of a repository. */
  constructor(options: GitSourceOptions) {
    const { name, url, ref, path, prune, stateDir } = options;
    this.#options = options;
    this.name = name;
    this.prune = prune;
    this.location = `${url}${ref === undefined ? '' : `#${ref}`}:${path}`;
    const files = new TreeExport(join(stateDir, 'sources', name), (message) => options.warn?.(message));
    this.workspace = files.current;
    this.#parts = this.#assemble(files);
  }

  #assemble(files: TreeExport): Parts {
    const { name, url, path, clock, env, stateHash, lastGood: store, limits, parsed, warn } = this.#options;
    const folder = this.#mirrorFolder;
    const git = new Git({ clock, env, instance: `${stateHash}:source/${name}` });
    const mirror = new Mirror({ git, folder, url });
    const kept = parsed && { ...parsed, source: name };
    const cache = new ParseCache({ parse: parseOfRepository, limits, kept });
    const holdings = new GitHoldings({ source: name, store, cache });
    const checkout = new Checkout({ mirror, holdings, files, folder: folderOf(path), limits: SOURCE_LIMITS });
    const loop = new PassLoop({
      clock,
      // Nobody signals a remote: there is nothing to wait for.
      intervals: { quietMs: 0, stableMs: 0, maxWaitMs: 0, pollMs: this.#options.intervalMs },
      what: `looking at ${url}`,
      deadlineMs: PASS_MS,
      warn: warn ?? (() => undefined),
      run: (request) => this.#pass(request),
    });
    return { mirror, holdings, checkout, loop };
  }

  get #mirrorFolder(): string {
    const { name, url, stateDir } = this.#options;
    return join(stateDir, 'git', createHash('sha256').update(`${name}\n${url}`).digest('hex').slice(0, 16));
  }

  /** Where a private key lies while ssh reads it. */
  get #keyFolder(): string {
    return `${this.#mirrorFolder}.keys`;
  }

  /**
   * Resolves once the listener has the first snapshot: of the newest commit, or where the remote does not answer within five seconds, of the last one
   * that is known, and then of the newest when it comes.
   */
  async start(listener: (snapshot: Snapshot) => void): Promise<void> {
    this.#listener = listener;
    const first = this.#parts.loop.request().then(
      () => undefined,
      () => undefined, // the loop has said why, and tries again
    );
    await within(this.#options.clock, PATIENCE_MS, first);
    if (this.#snapshot !== undefined) return;
    this.#publish({ reason: 'Fetching', message: `${this.#options.url} has not answered yet` });
  }

  /** Asks the remote; `hint` changes nothing, as a commit is whole. */
  async refresh(hint?: RefreshHint, signal?: AbortSignal): Promise<Snapshot> {
    return this.#parts.loop.request(hint, signal);
  }

  async close(): Promise<void> {
    await this.#parts.loop.close();
  }

  async #pass({ signal }: PassRequest): Promise<PassResult> {
    const { intervalMs, random = Math.random, onLooked } = this.#options;
    const trouble = await this.#look(signal);
    signal.throwIfAborted();
    this.#failures = trouble?.reason === 'FetchFailed' ? this.#failures + 1 : 0;
    const snapshot = this.#publish(trouble ?? this.#inForce?.trouble);
    onLooked?.(snapshot.complete);
    return { snapshot, againMs: nextLookMs(intervalMs, this.#failures, random()), leadMs: 0 };
  }

  /** Brings the newest commit into force, or resolves with why the one before stays. Rejects only where the source closes. */
  async #look(signal: AbortSignal): Promise<Why | undefined> {
    try {
      await this.#open(signal);
    } catch (error) {
      return this.#why('SourceUnreadable', error, signal);
    }
    let ref: RemoteRef | undefined;
    try {
      ref = await this.#fetch(signal);
    } catch (error) {
      return this.#why('FetchFailed', error, signal);
    }
    const { url, ref: wanted = 'HEAD' } = this.#options;
    if (ref === undefined)
      return {
        reason: 'RefNotFound',
        message: `${url} has no branch or tag ${wanted}; what it supplied keeps running`,
      };
    try {
      return await this.#enforce(ref, signal);
    } catch (error) {
      this.#opened = false; // where it is the mirror that lacks something, it is made anew
      return this.#why('SourceUnreadable', error, signal);
    }
  }

  #why(reason: string, error: unknown, signal: AbortSignal): Why {
    signal.throwIfAborted();
    return { reason, message: oneLine(errorMessage(error), 500) };
  }

  /** At first: finds the mirror, and what was in force when the process before ended. */
  async #open(signal: AbortSignal): Promise<void> {
    if (this.#opened) return;
    const { mirror, checkout } = this.#parts;
    await rm(this.#keyFolder, { recursive: true, force: true }); // a process that was killed leaves its key
    await mirror.open(signal);
    const sha = await mirror.resolve(IN_FORCE, signal);
    if (sha !== undefined) {
      try {
        const taken = await checkout.take(sha, await this.#lastRefName(signal), signal);
        if ('commit' in taken) this.#inForce = taken;
      } catch (error) {
        signal.throwIfAborted();
        this.#options.warn?.(`the mirror of ${this.#options.url} is made anew: ${errorMessage(error)}`);
        await mirror.reset(signal);
        this.#fetched = undefined;
      }
    }
    this.#opened = true;
  }

  /** Resolves with the ref as the remote has it, its commit fetched; undefined where it has none. */
  async #fetch(signal: AbortSignal): Promise<RemoteRef | undefined> {
    const { url, ref, secretRef, secrets } = this.#options;
    const { mirror } = this.#parts;
    return withAccess({ url, secretRef, secrets, keyFolder: this.#keyFolder }, async (access) => {
      const found = await mirror.look(ref, access, signal);
      if (found === undefined || found.sha === this.#fetched || found.sha === this.#inForce?.commit.sha) return found;
      this.#fetched = await mirror.fetch(found, access, signal);
      return { ...found, sha: this.#fetched };
    });
  }

  async #enforce({ sha, name, full }: RemoteRef, signal: AbortSignal): Promise<Why | undefined> {
    const { mirror, checkout } = this.#parts;
    const { verify } = this.#options;
    const same = this.#inForce?.commit.sha === sha && this.#inForce.refName === name;
    if (verify !== undefined && !(same && this.#verified?.status === 'True')) {
      this.#verified = await verifyCommit(mirror, sha, verify.allowedSigners, signal);
      const { status, message } = this.#verified;
      if (status === 'False')
        return { reason: 'VerificationFailed', message: `${message}; the last verified revision stays in force` };
    }
    if (same) return undefined;
    const taken = await checkout.take(sha, name, signal);
    if (!('commit' in taken)) return taken;
    // Told once, for a start without the remote.
    if (this.#options.ref === undefined && this.#inForce?.refName !== name && full.startsWith('refs/heads/'))
      await mirror.must(['symbolic-ref', 'HEAD', full], { signal });
    this.#inForce = taken;
    return undefined;
  }

  /** Where the remote cannot be asked, the branch that its HEAD was. */
  async #lastRefName(signal: AbortSignal): Promise<string | undefined> {
    const { ref } = this.#options;
    if (ref !== undefined) return /^[0-9a-f]{40}$/.test(ref) ? undefined : ref.replace(/^refs\/(?:heads|tags)\//, '');
    return (await this.#parts.mirror.must(['symbolic-ref', '--short', 'HEAD'], { signal })).toString('utf8').trim();
  }

  /** Reports the snapshot where it differs from the one before; returns the one that stands. */
  #publish(condition: Why | undefined): Snapshot {
    const { holdings } = this.#parts;
    if (this.#inForce === undefined) holdings.restore();
    const commit = this.#inForce?.commit;
    const snapshot: Snapshot = {
      source: this.name,
      revision: this.#revision(),
      complete: condition === undefined,
      files: holdings.files,
      ...(condition === undefined ? {} : { condition }),
      ...(commit === undefined ? {} : { commit }),
      ...(this.#verified === undefined ? {} : { verified: this.#verified }),
    };
    if (this.#snapshot !== undefined && sameSnapshot(this.#snapshot, snapshot)) return this.#snapshot;
    this.#listener(snapshot);
    this.#snapshot = snapshot;
    return snapshot;
  }

  /** `main@sha1:<sha>`; of a source that names a sha, `sha1:<sha>`. */
  #revision(): string {
    const { ref = 'HEAD' } = this.#options;
    if (this.#inForce === undefined) return `${ref}@unknown`;
    const { commit, refName } = this.#inForce;
    return `${refName === undefined ? '' : `${refName}@`}sha1:${commit.sha}`;
  }
}

/** From the root of the repository; `''` is the root. */
function folderOf(path: string): string {
  const folder = posix.normalize(path === '' ? '.' : path).replace(/\/+$/, '');
  if (folder === '.') return '';
  if (folder.startsWith('/') || folder.startsWith('..'))
    throw new ClarityError('BadRequest', `${JSON.stringify(path)} is no folder of a repository`);
  return folder;
}
