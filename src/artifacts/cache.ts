import { lstat, mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { NAME_PATTERN } from '../manifest/index.ts';
import type { Identity } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorCode, errorMessage } from '../shared/errors.ts';
import { fileStamp } from '../toolchain/source-reader.ts';
import { writeArtifact } from '../toolchain/write-artifact.ts';
import { decodeRecord, encodeRecord, type BuildRecord } from './build-record.ts';
import { readContent } from './file-content.ts';

const MAX_INDEX_BYTES = 4 * 1024 * 1024;
const MAX_ARTIFACT_BYTES = 80 * 1024 * 1024;
/** Artifacts a service that this daemon has handed out and does not prune: an instance may still run an older one. */
const MAX_PINS = 8;
const NAME = new RegExp(NAME_PATTERN);

/**
 * The folder of artifacts: `<hex>.wasm`, content-addressed and never rewritten, and an index file a service, `<service>.json`, which becomes
 * `<service>.gone.json` when the service goes. Nothing in it is trusted: what is not as we wrote it counts as missing, links are not followed.
 */
export class Cache {
  readonly folder: string;
  readonly #clock: Clock;
  /** Stamps of artifacts whose content was seen to be right. */
  readonly #verified = new Map<string, string>();
  readonly #pins = new Map<Identity, readonly string[]>();

  constructor(folder: string, clock: Clock) {
    this.folder = folder;
    this.#clock = clock;
  }

  pathOf(hash: string): string {
    return join(this.folder, `${hash}.wasm`);
  }

  /** True while the artifact is as it was when `find` or `put` gave it: one look at the disk. */
  isIntact(hash: string): boolean {
    return this.#verified.get(hash) === fileStamp(this.pathOf(hash));
  }

  /** The path of an artifact; undefined where it is missing or not what its name says. */
  async find(hash: string): Promise<string | undefined> {
    const path = this.pathOf(hash);
    if (this.isIntact(hash)) return path;
    this.#verified.delete(hash);
    const stamp = fileStamp(path);
    try {
      const { sha256 } = await readContent(path, MAX_ARTIFACT_BYTES, false);
      if (sha256.digest('hex') !== hash) return undefined;
    } catch {
      // Not there, a link, a folder, not readable: it has to be made again.
      return undefined;
    }
    this.#verified.set(hash, stamp);
    return path;
  }

  /** Keeps an artifact of a service. Throws ClarityError StateUnusable. */
  async put(identity: Identity, hash: string, bytes: Uint8Array): Promise<string> {
    this.pin(identity, hash);
    return this.store(hash, bytes);
  }

  /** Keeps an artifact that nobody owns yet: pruning takes it after an hour, unless an index names it. Throws ClarityError StateUnusable. */
  async store(hash: string, bytes: Uint8Array): Promise<string> {
    const found = await this.find(hash);
    if (found !== undefined) return found;
    const path = this.pathOf(hash);
    await this.#replace(path, bytes);
    this.#verified.set(hash, fileStamp(path));
    return path;
  }

  /** What the service was last made of; undefined where there is no index file of ours. */
  async readRecord(identity: Identity): Promise<BuildRecord | undefined> {
    for (const path of [this.#indexPath(identity), this.#gonePath(identity)]) {
      const record = await this.readIndex(path);
      if (record !== undefined) return record;
    }
    return undefined;
  }

  /** The content of an index file; undefined where it is not one. */
  async readIndex(path: string): Promise<BuildRecord | undefined> {
    try {
      const { bytes } = await readContent(path, MAX_INDEX_BYTES, false);
      return decodeRecord(new TextDecoder().decode(bytes));
    } catch {
      // Not there, a link, a folder, not readable: as if the service had never been made.
      return undefined;
    }
  }

  /** Throws ClarityError StateUnusable. */
  async writeRecord(identity: Identity, record: BuildRecord): Promise<void> {
    this.pin(identity, record.hash);
    await this.#replace(this.#indexPath(identity), encodeRecord(record));
    await rm(this.#gonePath(identity), { force: true, recursive: true });
  }

  /** Marks the index as that of a service that is gone; pruning takes it away an hour later. */
  async retire(identity: Identity): Promise<void> {
    this.#pins.delete(identity);
    const gone = this.#gonePath(identity);
    try {
      const now = this.#clock.now() / 1000;
      await rename(this.#indexPath(identity), gone);
      await utimes(gone, now, now);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  /** Removes the index files of a service; true where there was one. */
  async removeIndex(identity: Identity): Promise<boolean> {
    this.#pins.delete(identity);
    const removed = [this.#indexPath(identity), this.#gonePath(identity)].map((path) => this.remove(path));
    return (await Promise.all(removed)).includes(true);
  }

  /** Removes a file, or a link but not what it points at; false where there is none. */
  async remove(path: string): Promise<boolean> {
    const stats = await lstat(path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (stats === undefined || stats.isDirectory()) return false;
    await rm(path, { force: true });
    return true;
  }

  async removeArtifact(hash: string): Promise<boolean> {
    this.#verified.delete(hash);
    return this.remove(this.pathOf(hash));
  }

  /** Artifacts that this daemon has handed out for a service, the latest last. */
  pinsOf(identity: Identity): readonly string[] {
    return this.#pins.get(identity) ?? [];
  }

  isPinned(hash: string): boolean {
    return [...this.#pins.values()].some((hashes) => hashes.includes(hash));
  }

  /** An empty folder for a compiler's output; the caller removes it. Throws ClarityError StateUnusable. */
  async temporaryFolder(): Promise<string> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      return await mkdtemp(join(this.folder, '.out-'));
    } catch (error) {
      throw unusable(this.folder, error);
    }
  }

  /** Keeps an artifact from being pruned as long as this daemon runs, or until the service has had many others. */
  pin(identity: Identity, hash: string): void {
    const others = this.pinsOf(identity).filter((each) => each !== hash);
    this.#pins.set(identity, [...others, hash].slice(-MAX_PINS));
  }

  async #replace(path: string, content: string | Uint8Array): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const stats = await lstat(path).catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      // Writing would follow a link, and cannot replace a folder.
      if (stats !== undefined && !stats.isFile()) await rm(path, { recursive: true, force: true });
      await writeArtifact(path, content);
    } catch (error) {
      throw unusable(path, error);
    }
  }

  #indexPath(identity: Identity): string {
    return join(this.folder, `${named(identity)}.json`);
  }

  #gonePath(identity: Identity): string {
    return join(this.folder, `${named(identity)}.gone.json`);
  }
}

/** A manifest's name was checked when it was read; as a part of a path it is checked once more. */
function named(identity: Identity): string {
  if (!NAME.test(identity)) throw new ClarityError('ManifestInvalid', `"${identity}" is no name of a service`);
  return identity;
}

function unusable(path: string, cause: unknown): ClarityError {
  return new ClarityError('StateUnusable', `cannot write ${path}: ${errorMessage(cause)}`, { cause });
}
