import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClarityError, errorCode } from '../../../shared/errors.ts';
import { relativeTo } from './inside-workspace.ts';
import type { ProjectFile } from './project-files.ts';

/** Writes the files of a project, and takes all of it back when that is asked. */
export class ProjectWriter {
  readonly #root: string;
  readonly #folder: string;
  /** What stood there before; undefined: nothing. In the order of writing. */
  readonly #before = new Map<string, string | undefined>();
  readonly #made: string[] = [];
  readonly written: string[] = [];
  readonly unchanged: string[] = [];
  /** Of the unchanged, those of somebody else. */
  readonly kept: string[] = [];

  /** Both absolute with links resolved; `root` is what nothing leaves. */
  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  /** A file that says something else is kept unless `overwrite`. Throws BadRequest for a link, or what is no file: whoever made it meant something. */
  async write({ path, template }: ProjectFile, overwrite: boolean): Promise<void> {
    const whole = join(this.#folder, ...path.split('/'));
    await this.#makeFolder(dirname(whole));
    const before = await this.#read(whole, path);
    if (before === template || (before !== undefined && !overwrite)) {
      this.unchanged.push(path);
      if (before !== template) this.kept.push(path);
      return;
    }
    await replace(whole, template);
    this.#before.set(whole, before);
    this.written.push(path);
  }

  /** Everything as it was before; folders that were made for it go where they are empty. */
  async rollBack(): Promise<void> {
    for (const [path, before] of [...this.#before].reverse()) {
      if (before === undefined) await unlink(path);
      else await replace(path, before);
    }
    for (const folder of [...this.#made].reverse())
      await rmdir(folder).catch((error: unknown) => {
        if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error) ?? '')) throw error;
      });
  }

  async #read(path: string, shown: string): Promise<string | undefined> {
    try {
      if (!(await lstat(path)).isFile())
        throw new ClarityError('BadRequest', `${shown} is there already and is no plain file`);
      return await readFile(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** One level after the other, so that no link on the way is followed. */
  async #makeFolder(folder: string): Promise<void> {
    const way = relativeTo(this.#root, folder) ?? '.';
    let path = this.#root;
    for (const part of way.split('/').filter((each) => each !== '.')) {
      path = join(path, part);
      try {
        await mkdir(path);
        this.#made.push(path);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
        if (!(await lstat(path)).isDirectory())
          throw new ClarityError(
            'BadRequest',
            `${relativeTo(this.#root, path) ?? part} is there already and is no folder`,
          );
      }
    }
  }
}

async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp-${randomUUID()}`;
  await writeFile(temporary, text, { flag: 'wx' });
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
