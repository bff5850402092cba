import type { Commit } from './source.ts';

/** What a writer needs of a git source's repository. Paths are relative to the root of the repository, with slashes. */
export interface Repository {
  /** Of the source. */
  readonly name: string;
  /** As people write it: `main`. */
  readonly branch: string;
  /** The folder of the manifests. */
  readonly path: string;
  /**
   * Why nothing can be committed, as a clause: no allowPush (manifest.md, Source), a ref that is no branch, or commits that must be signed, which
   * ours are not. Undefined where it can.
   */
  readonly readOnly: string | undefined;
  /** The text of a file at the commit that was fetched last; undefined where there is none. */
  read(path: string, signal?: AbortSignal): Promise<string | undefined>;
  /**
   * One commit on top of the commit that was fetched last, pushed to the branch without force. `text` undefined removes the file. Throws
   * ClarityError Conflict where the branch has moved meanwhile (it is fetched then, so that the caller may look and try again), Forbidden where
   * `readOnly` says why, SourceUnreadable where the push is refused or the server cannot be reached, with what git said.
   */
  commit(
    change: {
      readonly files: readonly { readonly path: string; readonly text: string | undefined }[];
      readonly message: string;
      /** `clarity-runtime <clarity-runtime@localhost>`, which is the committer of all, where it is absent. */
      readonly author?: CommitAuthor;
    },
    signal?: AbortSignal,
  ): Promise<Commit>;
}

export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** What a caller asks for who wants an edit of a git source committed. */
export interface CommitWish {
  /** A sentence of ours where it is absent. */
  readonly message?: string;
  readonly author?: CommitAuthor;
}
