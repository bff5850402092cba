import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, EXIT, systemMessage } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';

/** One manifest text that the command line names. */
export interface ManifestText {
  /** As a person would write it; `<stdin>` for `-`. */
  readonly file: string;
  /** Absolute; undefined for stdin. */
  readonly path: string | undefined;
  readonly text: string;
}

/** manifest.md, discovery. */
const MANIFEST_NAME = /\.(ya?ml|json)$/;
const MAX_FILES = 10_000;
const MAX_BYTES = 1_048_576;

/**
 * Reads the manifests behind `paths`: files, folders (down to `depth` folders below), or `-` for stdin, each folder in the order of names.
 * Throws a usage error (exit 2) where something cannot be read, is no UTF-8, or is larger than 1 MiB.
 */
export async function readManifestTexts(
  input: Pick<CliInput, 'cwd' | 'stdin'>,
  paths: readonly string[],
  depth: number,
): Promise<readonly ManifestText[]> {
  // A file that is named twice is read once.
  const texts = new Map<string, ManifestText>();
  for (const path of paths) {
    if (path === '-') {
      texts.set(path, { file: '<stdin>', path: undefined, text: await readStdin(input.stdin) });
      continue;
    }
    for (const file of await listFiles(input.cwd, path, depth))
      texts.set(resolve(input.cwd, file), await readText(input.cwd, file));
    if (texts.size > MAX_FILES)
      throw new CliError(EXIT.usage, `${path} holds more than ${String(MAX_FILES)} manifests`);
  }
  return [...texts.values()];
}

async function listFiles(cwd: string, path: string, depth: number): Promise<readonly string[]> {
  const facts = await readable(path, () => stat(resolve(cwd, path)));
  return facts.isDirectory() ? listFolder(cwd, path, depth) : [path];
}

async function listFolder(cwd: string, folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readable(folder, () => readdir(resolve(cwd, folder), { withFileTypes: true }));
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) files.push(...(await listFolder(cwd, path, depth - 1)));
    else if (!entry.isDirectory() && MANIFEST_NAME.test(entry.name)) files.push(path);
  }
  return files;
}

async function readText(cwd: string, file: string): Promise<ManifestText> {
  const path = resolve(cwd, file);
  return { file, path, text: decode(file, await readable(file, () => readFile(path))) };
}

async function readStdin(stdin: CliInput['stdin']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.byteLength;
    if (size > MAX_BYTES) break;
    chunks.push(bytes);
  }
  if (size > MAX_BYTES) throw new CliError(EXIT.usage, '<stdin> is larger than 1 MiB');
  return decode('<stdin>', Buffer.concat(chunks));
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_BYTES) throw new CliError(EXIT.usage, `${file} is larger than 1 MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError(EXIT.usage, `${file} is not UTF-8 text`, { cause });
  }
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new CliError(EXIT.usage, `cannot read ${path}: ${systemMessage(cause)}`, { cause });
  }
}
