import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  opendirSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode, errorMessage } from '../../../shared/errors.ts';
import { oneLine } from '../../../shared/text.ts';
import { HostError } from '../../../wasm-host/host-error.ts';
import type { FileAccess } from '../../../wasm-host/environment.ts';
import { carriesOwn, whyOwn } from '../own-folders.ts';
import type { Program } from '../program.ts';
import { isBelow, realPath } from './real-path.ts';
import type { Refusals } from './refusals.ts';

const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_ENTRIES = 100_000;
/** A FIFO is not waited for, and a link that was put there meanwhile is not followed. */
const CAREFULLY = constants.O_NONBLOCK | constants.O_NOFOLLOW;

type Use = 'read' | 'write';

/** The files that a manifest grants: every path is followed to where it really leads, and must end below a granted one. */
export class GrantedFiles implements FileAccess {
  readonly #place: Pick<Program, 'workspace' | 'ownFolders'>;
  readonly #granted: Readonly<Record<Use, readonly string[]>>;
  readonly #refusals: Refusals;
  readonly #note: (text: string) => void;

  /** `note`: says in the log why a file reads as empty. */
  constructor(
    place: Pick<Program, 'workspace' | 'ownFolders'>,
    granted: Readonly<Record<Use, readonly string[]>>,
    refusals: Refusals,
    note: (text: string) => void,
  ) {
    this.#place = place;
    this.#granted = granted;
    this.#refusals = refusals;
    this.#note = note;
  }

  read(path: string): string | undefined {
    return this.#unlessFailing(path, (real) =>
      this.#withFile(real, constants.O_RDONLY, 'read', path, (file, size) => {
        if (size <= MAX_FILE_BYTES) return readWhole(file);
        this.#note(`${oneLine(path)} reads as empty: it is over ${MAX_FILE_BYTES / 1024 / 1024} MiB`);
        return undefined;
      }),
    );
  }

  write(path: string, content: string): void {
    const real = this.#allowed(path, 'write');
    this.#withFile(real, constants.O_WRONLY | constants.O_CREAT, 'write', path, (file) => {
      ftruncateSync(file);
      writeFileSync(file, content);
    });
  }

  list(path: string): readonly string[] {
    return this.#unlessFailing(path, entriesOf) ?? [];
  }

  exists(path: string): boolean {
    return this.#unlessFailing(path, existsSync) ?? false;
  }

  /** Takes away the name itself, not what a link leads to. */
  remove(path: string): void {
    const absolute = resolve(this.#place.workspace, path);
    const real = join(this.#real(dirname(absolute)), basename(absolute));
    this.#check(real, path, 'write');
    if (carriesOwn(real, this.#place.ownFolders))
      this.#refuse('write', path, "which leads to the runtime's own folders: no manifest grants that");
    try {
      unlinkSync(real);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  makeDirectory(path: string): void {
    mkdirSync(this.#allowed(path, 'write'), { recursive: true });
  }

  /** The real path; ends the call where it is outside of what is granted. */
  #allowed(path: string, use: Use): string {
    const real = this.#real(resolve(this.#place.workspace, path));
    this.#check(real, path, use);
    return real;
  }

  #real(absolute: string): string {
    if (absolute.includes('\0')) throw new Error('a path holds no NUL character');
    return realPath(absolute);
  }

  #check(real: string, path: string, use: Use): void {
    const { read, write } = this.#granted;
    // Grants may be links themselves, and may come into being while the program runs.
    const roots = (use === 'write' ? write : [...read, ...write]).map(realPath);
    const own = whyOwn(real, use, this.#place.ownFolders, this.#place.workspace);
    if (own !== undefined) this.#refuse(use, path, `${own}: no manifest grants that`);
    if (isBelow(real, roots)) return;
    const add = `spec.origin.capabilities.fs.${use}: [${JSON.stringify(oneLine(path))}]`;
    this.#refuse(use, path, 'which is outside of the files that it is granted', add);
  }

  #refuse(use: Use, path: string, why: string, add?: string): never {
    const message = `The program tried to ${use} ${JSON.stringify(oneLine(path))}, ${why}.`;
    this.#refusals.end({ need: 'fs', message, ...(add === undefined ? {} : { add }) });
  }

  /** Opens a regular file, and makes sure that it is the one that was checked. */
  #withFile<T>(real: string, flags: number, use: Use, path: string, act: (file: number, size: number) => T): T {
    const file = openSync(real, flags | CAREFULLY, 0o666);
    try {
      const opened = fstatSync(file);
      if (!opened.isFile()) throw new Error('it is no regular file');
      const now = this.#allowed(path, use);
      const there = statSync(now);
      if (there.ino !== opened.ino || there.dev !== opened.dev) throw new Error('it was exchanged meanwhile');
      return act(file, opened.size);
    } finally {
      closeSync(file);
    }
  }

  /** Undefined for any failure but a refusal: language.md §11. */
  #unlessFailing<T>(path: string, act: (real: string) => T): T | undefined {
    try {
      return act(this.#allowed(path, 'read'));
    } catch (error) {
      if (error instanceof HostError) throw error;
      if (errorCode(error) !== 'ENOENT') this.#note(`${oneLine(path)} cannot be read: ${errorMessage(error)}`);
      return undefined;
    }
  }
}

/** To its end, or to the limit: the size of a file is what it was a moment ago. */
function readWhole(file: number): string {
  const parts: Buffer[] = [];
  for (let held = 0; held < MAX_FILE_BYTES;) {
    const part = Buffer.alloc(Math.min(64 * 1024, MAX_FILE_BYTES - held));
    const count = readSync(file, part);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    held += count;
  }
  return Buffer.concat(parts).toString('utf8');
}

function entriesOf(folder: string): readonly string[] {
  const open = opendirSync(folder);
  try {
    const names: string[] = [];
    for (let entry = open.readSync(); entry !== null && names.length < MAX_ENTRIES; entry = open.readSync())
      names.push(entry.name);
    return names;
  } finally {
    open.closeSync();
  }
}
