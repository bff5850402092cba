import { stat as statWithCallback, type BigIntStats, type Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { promisify } from 'node:util';
import type { Why } from '../../reconcile/ports.ts';
import { errorCode, errorMessage } from '../../shared/errors.ts';
import { isInside, isLitter, isManifestName } from '../paths.ts';
import type { SourceLimits } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { statSignature } from './stable-read.ts';

export interface ScannedFile {
  /** Absolute, as named in the folder (a link is not resolved). */
  readonly path: string;
  readonly signature: string;
  /** Bytes. */
  readonly size: number;
}

export interface FolderScan {
  /** Which folder this is: another value, another folder of the same name. Undefined where there is none. */
  readonly identity?: string;
  /** Sorted by path. */
  readonly files: readonly ScannedFile[];
  readonly problems: readonly Problem[];
  /** Why the scan does not tell everything: SourceMissing or SourceUnreadable. */
  readonly trouble?: Why;
}

const MISSING = new Set<string | undefined>(['ENOENT', 'ENOTDIR']);
const BATCH = 64;
/** A rescan is thousands of these every half minute: the one of node:fs/promises takes twice the time and makes more garbage. */
const stat = promisify(statWithCallback);

/** Lists the manifests of a folder: top level and one folder below. Never throws: what cannot be read is a problem or a trouble. */
export async function scanFolder(root: string, limits: SourceLimits): Promise<FolderScan> {
  try {
    const found = await stat(root, { bigint: true });
    if (!found.isDirectory()) return nothing('SourceMissing', `${root} is not a folder`);
    const scan = new Scan(await realpath(root), limits);
    const folders = await scan.list(root, true);
    for (const folder of folders) await scan.listBelow(folder);
    return { identity: folderIdentity(found), ...scan.result(root) };
  } catch (error) {
    if (MISSING.has(errorCode(error)))
      return nothing('SourceMissing', `${root} does not exist; what it supplied keeps running`);
    return nothing('SourceUnreadable', `cannot read ${root}: ${errorMessage(error)}`);
  }
}

function nothing(reason: string, message: string): FolderScan {
  return { files: [], problems: [], trouble: { reason, message } };
}

/** An inode number is soon given out again, so the time of birth joins it. */
function folderIdentity({ dev, ino, birthtimeNs }: BigIntStats): string {
  return [dev, ino, birthtimeNs].join(':');
}

/** One scan under way. */
class Scan {
  readonly #realRoot: string;
  readonly #limits: SourceLimits;
  readonly #files: ScannedFile[] = [];
  readonly #problems: Problem[] = [];
  #trouble: Why | undefined;

  constructor(realRoot: string, limits: SourceLimits) {
    this.#realRoot = realRoot;
    this.#limits = limits;
  }

  /** Takes in the manifests of one folder; returns the folders in it where asked for. */
  async list(folder: string, deeper: boolean): Promise<readonly string[]> {
    const entries = (await readdir(folder, { withFileTypes: true }))
      .filter(({ name }) => !isLitter(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const folders: string[] = [];
    for (let at = 0; at < entries.length && this.#files.length <= this.#limits.maxFiles; at += BATCH) {
      const batch = entries.slice(at, at + BATCH).map((entry) => this.#inspect(folder, entry, deeper));
      folders.push(...(await Promise.all(batch)).filter((path) => path !== undefined));
    }
    return folders;
  }

  async listBelow(folder: string): Promise<void> {
    try {
      await this.list(folder, false);
    } catch (error) {
      if (MISSING.has(errorCode(error))) return;
      this.#fault('FolderUnreadable', folder, `cannot read ${folder}: ${errorMessage(error)}`);
    }
  }

  /** Sorts one entry in: a file, a problem, or the path of a folder to look into. */
  async #inspect(folder: string, entry: Dirent, deeper: boolean): Promise<string | undefined> {
    const path = `${folder}${sep}${entry.name}`;
    const wanted = isManifestName(entry.name);
    if (entry.isDirectory()) return deeper ? path : undefined;
    if (!wanted && !(deeper && entry.isSymbolicLink())) return undefined;
    try {
      const found = await stat(path, { bigint: true });
      if (entry.isSymbolicLink() && !isInside(this.#realRoot, await realpath(path))) {
        if (wanted || found.isDirectory())
          this.#add('SymlinkOutside', path, 'the link leads out of the folder; put the file itself here');
        return undefined;
      }
      if (found.isDirectory()) return deeper ? path : undefined;
      if (wanted && found.isFile()) this.#file(path, found);
    } catch (error) {
      const gone = !entry.isSymbolicLink() && MISSING.has(errorCode(error));
      if (wanted && !gone) this.#add('FileUnreadable', path, errorMessage(error));
    }
    return undefined;
  }

  #file(path: string, found: BigIntStats): void {
    const { maxFileBytes } = this.#limits;
    if (found.size <= BigInt(maxFileBytes))
      this.#files.push({ path, signature: statSignature(found), size: Number(found.size) });
    else
      this.#add('FileTooLarge', path, `${String(found.size)} bytes are more than the limit of ${String(maxFileBytes)}`);
  }

  #add(code: Problem['code'], path: string, message: string): void {
    if (this.#problems.length < this.#limits.maxFiles) this.#problems.push({ code, path, message });
  }

  #fault(code: Problem['code'], path: string, message: string): void {
    this.#add(code, path, message);
    this.#trouble ??= { reason: 'SourceUnreadable', message };
  }

  result(root: string): Omit<FolderScan, 'identity'> {
    const { maxFiles } = this.#limits;
    const files = this.#files.sort((a, b) => (a.path < b.path ? -1 : 1));
    if (files.length > maxFiles) {
      this.#fault('TooManyFiles', root, `more than ${String(maxFiles)} manifests; the first ${String(maxFiles)} count`);
      files.length = maxFiles;
    }
    return { files, problems: this.#problems, ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }) };
  }
}
