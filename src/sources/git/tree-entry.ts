/** One file, link or submodule of a commit. */
export interface TreeEntry {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly type: 'file' | 'executable' | 'link' | 'submodule';
  /** Of the blob; of a submodule its commit. */
  readonly id: string;
  /** Bytes; 0 of a submodule. */
  readonly size: number;
}

const TYPES: Readonly<Record<string, TreeEntry['type']>> = {
  '100644': 'file',
  // As some very old tools wrote it.
  '100664': 'file',
  '100755': 'executable',
  '120000': 'link',
  '160000': 'submodule',
};

/** The entries of `git ls-tree -z --long`. Folders are left out, and so is a name that is no UTF-8: nobody could write it in a manifest. */
export function parseTree(output: Buffer): readonly TreeEntry[] {
  const lines = output.toString('utf8').split('\0');
  return lines.flatMap((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', , id = '', size = ''] = line.slice(0, tab).split(/ +/);
    const type = TYPES[mode];
    const path = line.slice(tab + 1);
    if (tab === -1 || type === undefined || path.includes('\ufffd')) return [];
    return [{ path, type, id, size: size === '-' ? 0 : Number(size) }];
  });
}

/** False for what git itself never writes and a hostile server may send: a way out of the tree, or into a repository's own folder. */
export function isSafePath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}
