import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, EXIT, systemMessage } from './cli-error.ts';

/** Which files of a folder are meant. */
export interface FileChoice {
  readonly name: RegExp;
  /** How many folders below the named one are looked into. */
  readonly depth: number;
}

/** A file as it is, or the files of a folder in the order of names; hidden ones are left out. Throws a usage error where it cannot be read. */
export async function listFiles(cwd: string, path: string, choice: FileChoice): Promise<readonly string[]> {
  const facts = await readable(path, () => stat(resolve(cwd, path)));
  return facts.isDirectory() ? listFolder(cwd, path, choice) : [path];
}

async function listFolder(cwd: string, folder: string, { name, depth }: FileChoice): Promise<readonly string[]> {
  const entries = await readable(folder, () => readdir(resolve(cwd, folder), { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) files.push(...(await listFolder(cwd, path, { name, depth: depth - 1 })));
    else if (!entry.isDirectory() && name.test(entry.name)) files.push(path);
  }
  return files;
}

/** Does what reads `path`; its failure is a usage error that names the path. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new CliError(EXIT.usage, `cannot read ${path}: ${systemMessage(cause)}`, { cause });
  }
}
