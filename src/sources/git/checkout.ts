import type { Commit, SnapshotDocument, SnapshotFile, Why } from '../../reconcile/ports.ts';
import type { SourceLimits } from '../limits.ts';
import { discover } from './discovery.ts';
import type { TreeExport } from './export.ts';
import type { GitHoldings } from './holdings.ts';
import type { Mirror } from './mirror.ts';
import { NamedFiles, namedPaths } from './named-files.ts';
import { readTree } from './read-tree.ts';

/** The commit that a source stands at. */
export interface InForce {
  readonly commit: Commit;
  /** As people write it; undefined where the source names a sha. */
  readonly refName: string | undefined;
  readonly files: readonly SnapshotFile[];
  /** Why not everything of it counts. */
  readonly trouble?: Why;
}

interface CheckoutParts {
  readonly mirror: Mirror;
  readonly holdings: GitHoldings;
  readonly files: TreeExport;
  /** Of the manifests; `''`: the root. */
  readonly folder: string;
  readonly limits: SourceLimits;
}

/** Brings a commit of the mirror into force: its manifests are parsed and its files are in place before anything of it counts. */
export class Checkout {
  readonly #parts: CheckoutParts;

  constructor(parts: CheckoutParts) {
    this.#parts = parts;
  }

  /** Resolves with why it cannot be, where there is no such folder. Throws ClarityError SourceUnreadable; then the commit before stays. */
  async take(sha: string, refName: string | undefined, signal: AbortSignal): Promise<InForce | Why> {
    const { mirror, holdings, folder, limits } = this.#parts;
    const manifests = await readTree(mirror, sha, folder, signal);
    // git knows no empty folders: one that is not there was renamed, or never was; nobody says that its services shall end.
    if (manifests.entries.length === 0 && folder !== '') return noFolder(folder, sha);
    const found = discover(manifests, folder, limits);
    const staged = await holdings.stage(found, (blobs) => mirror.blobs(blobs, signal), signal);
    const names = await this.#place(sha, holdings.documentsOf(staged), signal);
    const commit = await mirror.commit(sha, signal);
    await mirror.keep(sha, signal);
    holdings.accept(staged, (document) => names?.hash(document));
    const { trouble } = found;
    return { commit, refName, files: holdings.files, ...(trouble === undefined ? {} : { trouble }) };
  }

  /** Puts the files of the commit where the documents find them. The whole tree is looked at only where one may name something of it. */
  async #place(
    sha: string,
    documents: readonly SnapshotDocument[],
    signal: AbortSignal,
  ): Promise<NamedFiles | undefined> {
    const { mirror, files } = this.#parts;
    if (documents.some((document) => (namedPaths(document)?.paths.length ?? 0) > 0)) {
      const tree = await readTree(mirror, sha, '', signal);
      const names = new NamedFiles(tree);
      if (documents.some((document) => names.any(document))) {
        await files.show(sha, tree, mirror, signal);
        return names;
      }
    }
    await files.none();
    return undefined;
  }
}

function noFolder(folder: string, sha: string): Why {
  const message = `commit ${sha.slice(0, 12)} has no folder ${folder}; what the source supplied keeps running`;
  return { reason: 'SourceMissing', message };
}
