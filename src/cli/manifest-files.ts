import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError, EXIT } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';
import { listFiles, readable } from './list-files.ts';
import { readStdin } from './read-stdin.ts';

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
      texts.set(path, { file: '<stdin>', path: undefined, text: decode('<stdin>', await readStdin(input, 1)) });
      continue;
    }
    for (const file of await listFiles(input.cwd, path, { name: MANIFEST_NAME, depth }))
      texts.set(resolve(input.cwd, file), await readText(input.cwd, file));
    if (texts.size > MAX_FILES)
      throw new CliError(EXIT.usage, `${path} holds more than ${String(MAX_FILES)} manifests`);
  }
  return [...texts.values()];
}

async function readText(cwd: string, file: string): Promise<ManifestText> {
  const path = resolve(cwd, file);
  return { file, path, text: decode(file, await readable(file, () => readFile(path))) };
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_BYTES) throw new CliError(EXIT.usage, `${file} is larger than 1 MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError(EXIT.usage, `${file} is not UTF-8 text`, { cause });
  }
}
