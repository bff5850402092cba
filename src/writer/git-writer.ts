import { posix } from 'node:path';
import { contentHash, sameDocument, type ParsedDocument } from '../manifest/index.ts';
import type {
  Commit,
  CommitWish,
  DocumentOrigin,
  ManifestWriter,
  Repository,
  WriteResult,
} from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorCode } from '../shared/errors.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { ManifestEdits, previewOf, refuseForeign, unforced, type HeldFile, type TextChange } from './manifest-edits.ts';
import type {
  ApplyRequest,
  EditRequest,
  PreviewRequest,
  RemovalRequest,
  RemoveRequest,
  RestoreRequest,
} from './requests.ts';

/** For one request: its turn, the reads, and every push that is tried. */
const DEADLINE_MS = 120_000;

/** How often a change is made anew because somebody else pushed to the branch meanwhile. */
const TRIES = 3;

export interface GitWriterDeps {
  readonly clock: Clock;
  /** The repository of a source, where it is a git source that is there now. */
  readonly repository: (source: string) => Repository | undefined;
  readonly limits?: DefaultLimits;
}

interface Request {
  readonly at: DocumentOrigin;
  readonly commit?: CommitWish;
}

/**
 * Changes documents of git sources: without a wish to commit every change is refused with the patch that would make it; with one it is one
 * commit, pushed to the branch (surfaces.md; reconcile-behaviour §1). Nothing is ever made anew here: `at` says where a document stands.
 */
export class GitWriter implements ManifestWriter {
  readonly #deps: GitWriterDeps;
  readonly #edits: ManifestEdits;
  readonly #mutex = new KeyedMutex();

  constructor(deps: GitWriterDeps) {
    this.#deps = deps;
    this.#edits = new ManifestEdits(deps.limits);
  }

  apply(request: ApplyRequest): Promise<WriteResult> {
    const { at } = request;
    return this.#write({ ...request, at: placed(at) }, 'Apply', (held) => this.#edits.apply(held, request));
  }

  edit(request: EditRequest): Promise<WriteResult> {
    return this.#write(request, 'Edit', (held) => this.#edits.edit(held, request));
  }

  async restore(request: RestoreRequest): Promise<WriteResult & { readonly patch: string }> {
    let patch = '';
    const decide = (held: HeldFile) => {
      const change = this.#edits.restore(held, request);
      patch = change.patch();
      return change;
    };
    if (!request.dryRun) return { ...(await this.#write(request, 'Restore', decide)), patch };
    const change = await this.#look(request.at, decide);
    return { ...resultOf(request.at.source, change), patch };
  }

  remove(request: RemoveRequest): Promise<WriteResult> {
    return this.#write(request, 'Remove', (held) => this.#edits.remove(held, request));
  }

  async preview(request: PreviewRequest): Promise<Awaited<ReturnType<ManifestWriter['preview']>>> {
    const change = await this.#look(placed(request.at), (held) => this.#edits.apply(held, unforced(request)));
    const preview = previewOf(change, request.exact);
    return change.outcome === 'unchanged' ? preview : { ...preview, outcome: 'conflict' };
  }

  async previewRemoval(request: RemovalRequest): Promise<Awaited<ReturnType<ManifestWriter['previewRemoval']>>> {
    const change = await this.#look(request.at, (held) => this.#edits.remove(held, { ...request, force: false }));
    return { outcome: 'conflict', patch: change.patch() };
  }

  /** What the request would make of the file, nothing written. */
  #look(at: DocumentOrigin, decide: (held: HeldFile) => TextChange): Promise<TextChange> {
    return this.#inTime(at, async (signal) => {
      const repository = this.#repositoryOf(at);
      const file = pathIn(repository, at.file);
      return decide({ file, text: await repository.read(file, signal) });
    });
  }

  #write(request: Request, verb: string, decide: (held: HeldFile) => TextChange): Promise<WriteResult> {
    const { at, commit } = request;
    // One at a time: two that push at once would only send each other back.
    return this.#inTime(at, (signal) =>
      this.#mutex.run(at.source, async () => {
        signal.throwIfAborted();
        const repository = this.#repositoryOf(at);
        return this.#push(repository, pathIn(repository, at.file), decide, { verb, commit, signal });
      }),
    );
  }

  /** Decides on what stands there now; where the branch has moved meanwhile, again, unless the document is another one then. */
  async #push(
    repository: Repository,
    file: string,
    decide: (held: HeldFile) => TextChange,
    { verb, commit, signal }: { verb: string; commit: CommitWish | undefined; signal: AbortSignal },
  ): Promise<WriteResult> {
    let first: ParsedDocument | undefined;
    for (let tries = 1; ; tries++) {
      const change = decide({ file, text: await repository.read(file, signal) });
      if (change.outcome === 'unchanged') return resultOf(repository.name, change);
      assertSame(first, change);
      first ??= change.document;
      if (commit === undefined || repository.readOnly !== undefined) throw refusal(repository, change);
      refuseForeign(change);
      try {
        const pushed = await repository.commit(commitOf(change, verb, commit), signal);
        return resultOf(repository.name, change, pushed);
      } catch (error) {
        if (errorCode(error) !== 'Conflict' || tries === TRIES) throw error;
      }
    }
  }

  #repositoryOf({ source, file }: DocumentOrigin): Repository {
    const repository = this.#deps.repository(source);
    if (repository !== undefined) return repository;
    throw new ClarityError('Conflict', `source ${source} is not there any more; change ${file} where it comes from`);
  }

  #inTime<T>({ source }: DocumentOrigin, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline(this.#deps.clock, `writing to git source ${source}`, DEADLINE_MS, undefined, work);
  }
}

function placed(at: DocumentOrigin | undefined): DocumentOrigin {
  if (at !== undefined) return at;
  throw new ClarityError('Conflict', 'new documents do not go to a git source');
}

/** The path of a manifest in its repository. Throws ClarityError BadRequest where it is not in the folder of the manifests. */
function pathIn(repository: Repository, file: string): string {
  const path = posix.normalize(file);
  const folder = posix.normalize(repository.path);
  if (folder === '.' ? !path.startsWith('../') && !posix.isAbsolute(path) : path.startsWith(`${folder}/`)) return path;
  throw new ClarityError('BadRequest', `${file} is not inside ${repository.path}; nothing outside of it is written`);
}

/** Throws ClarityError Conflict where somebody changed the document itself while the commit was on its way. */
function assertSame(first: ParsedDocument | undefined, { document, file }: TextChange): void {
  if (first === undefined || document === undefined || sameDocument(first.raw, document.raw)) return;
  const message = `${document.kind} "${document.name}" in ${file} was changed by somebody else meanwhile; look again and repeat`;
  throw new ClarityError('Conflict', message);
}

/** Why nothing is written, what to do instead, and the patch that would do it. */
function refusal({ name, branch, readOnly }: Repository, change: TextChange): ClarityError {
  const { file, document, foreign } = change;
  const where = `${document?.kind ?? ''} "${document?.name ?? ''}" lives in git (source ${name}, ${branch})`;
  const also = foreign ? ' and --force-conflicts, since a person wrote it' : '';
  const how =
    readOnly === undefined ? `, or repeat with --commit${also}` : `; nothing can be committed from here: ${readOnly}`;
  const message = `${where}: commit the change of ${file} there${how}`;
  return new ClarityError('Conflict', message, { data: { file, patch: change.patch() } });
}

function commitOf(
  { file, after, document }: TextChange,
  verb: string,
  { message, author }: CommitWish,
): Parameters<Repository['commit']>[0] {
  return {
    files: [{ path: file, text: after === '' ? undefined : after }],
    message: message ?? `${verb} ${document?.kind ?? ''} ${document?.name ?? ''}`,
    ...(author && { author }),
  };
}

function resultOf(source: string, { outcome, file, after }: TextChange, commit?: Commit): WriteResult {
  return { outcome, file, source, contentHash: contentHash(after), ...(commit && { commit }) };
}
