import { createHash } from 'node:crypto';
import type { SnapshotDocument } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Found, Tree } from './tree.ts';
import type { TreeEntry } from './tree-entry.ts';

/** Paths, as written, from the root of the repository; what is absolute names nothing of it. */
interface Named {
  readonly type: 'local_stdio' | 'local_wasm';
  readonly paths: readonly string[];
}

/** Longer than any path can be. */
const MAX_PATH = 4096;

/**
 * What a service may name of its repository: of local_stdio cwd where it is written, and command and args as they are looked up from there
 * (also behind the `=` of an option); of local_wasm its source and its module. Whether it is there the tree tells.
 */
export function namedPaths({ document, raw }: Pick<SnapshotDocument, 'document' | 'raw'>): Named | undefined {
  if (document.kind !== 'MCPService') return undefined;
  const { metadata, spec } = document;
  const { origin } = spec;
  if (origin.type === 'local_wasm') {
    const paths = [metadata.sourceFile, origin.wasmPath ?? ''];
    return { type: origin.type, paths: paths.filter(isRelative) };
  }
  if (origin.type !== 'local_stdio') return undefined;
  const { cwd, command, args } = origin;
  if (cwd.startsWith('/')) return { type: origin.type, paths: [] };
  const words = [...(command.includes('/') ? [command] : []), ...args.flatMap((arg) => [arg, afterEquals(arg)])];
  const paths = words.filter(isRelative).map((word) => `${cwd}/${word}`);
  return { type: origin.type, paths: writesCwd(raw) ? [cwd, ...paths] : paths };
}

function isRelative(path: string): boolean {
  return path !== '' && !path.startsWith('/') && path.length <= MAX_PATH;
}

function afterEquals(arg: string): string {
  return /^-[^=]*=(.*)$/s.exec(arg)?.[1] ?? '';
}

function writesCwd(raw: JsonObject): boolean {
  const { origin } = (raw.spec ?? {}) as { readonly origin?: { readonly cwd?: unknown } };
  return origin?.cwd !== undefined;
}

/** What the documents of one commit name of its tree. */
export class NamedFiles {
  readonly #tree: Tree;
  readonly #folders = new Map<string, string>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** True where the document cannot run without files of the tree. */
  any(document: SnapshotDocument): boolean {
    return this.#found(document).length > 0;
  }

  /** SnapshotDocument.namedFiles: another value where any file that the command, args or cwd name is another one. */
  hash(document: SnapshotDocument): string | undefined {
    if (namedPaths(document)?.type !== 'local_stdio') return undefined;
    const parts = this.#found(document).map((found) => {
      if (found.kind === 'file') return line(found.entry);
      return found.kind === 'folder' ? `${found.path}/ ${this.#folder(found.path)}` : '';
    });
    return parts.length === 0 ? undefined : sha256([...new Set(parts)]);
  }

  #found(document: SnapshotDocument): readonly Found[] {
    const found = (namedPaths(document)?.paths ?? []).map((path) => this.#tree.find(path));
    return found.filter(({ kind }) => kind === 'file' || kind === 'folder');
  }

  #folder(path: string): string {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const hash = sha256(this.#tree.below(path).map(line));
    this.#folders.set(path, hash);
    return hash;
  }
}

function line({ path, type, id }: TreeEntry): string {
  return `${JSON.stringify(path)} ${type} ${id}`;
}

function sha256(lines: readonly string[]): string {
  return `sha256:${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
}
