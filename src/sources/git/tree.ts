import type { TreeEntry } from './tree-entry.ts';

/** Where a path of a tree leads, its links followed as the system would. */
export type Found =
  | { readonly kind: 'file'; readonly entry: TreeEntry }
  /** `''`: the root. */
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'missing' }
  /** Above the root, or an absolute link. */
  | { readonly kind: 'outside' };

/** As many links in one path as Linux follows. */
const MAX_HOPS = 40;

/** The files of one commit, or of one folder of it, as a file system would show them. */
export class Tree {
  /** Sorted by path. */
  readonly entries: readonly TreeEntry[];
  readonly #targets: ReadonlyMap<string, string>;
  readonly #byPath: ReadonlyMap<string, TreeEntry>;
  readonly #folders = new Set<string>(['']);

  /** `targets`: path of each link -> what it says; a link without one leads outside. */
  constructor(entries: readonly TreeEntry[], targets: ReadonlyMap<string, string>) {
    this.entries = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#targets = targets;
    this.#byPath = new Map(entries.map((entry) => [entry.path, entry]));
    for (const { path } of entries)
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const folder = path.slice(0, at);
        if (this.#folders.has(folder)) break; // and so are those above it
        this.#folders.add(folder);
      }
  }

  /** Every folder, the root too. */
  get folders(): ReadonlySet<string> {
    return this.#folders;
  }

  target(path: string): string | undefined {
    return this.#targets.get(path);
  }

  /** `path` from the root, with `.` and `..` as they were written. */
  find(path: string): Found {
    const rest = path.split('/').reverse();
    const at: string[] = [];
    let hops = 0;
    for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (at.pop() === undefined) return { kind: 'outside' };
        continue;
      }
      const here = [...at, part].join('/');
      const entry = this.#byPath.get(here);
      if (entry?.type === 'link') {
        const target = this.#targets.get(here);
        if (target === undefined || target.startsWith('/')) return { kind: 'outside' };
        if (++hops > MAX_HOPS) return { kind: 'missing' };
        rest.push(...target.split('/').reverse());
        continue;
      }
      if (entry !== undefined && entry.type !== 'submodule')
        return rest.every((each) => each === '') ? { kind: 'file', entry } : { kind: 'missing' };
      if (!this.#folders.has(here)) return { kind: 'missing' };
      at.push(part);
    }
    return { kind: 'folder', path: at.join('/') };
  }

  /** Everything below a folder, at any depth. */
  below(folder: string): readonly TreeEntry[] {
    if (folder === '') return this.entries;
    const prefix = `${folder}/`;
    return this.entries.filter(({ path }) => path.startsWith(prefix));
  }
}
