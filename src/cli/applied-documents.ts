import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { parseManifests, removeDocument, type ManifestFile, type ParsedDocument } from '../manifest/index.ts';
import { errorCode } from '../shared/errors.ts';
import { CliError, EXIT } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { readManifestTexts, type ManifestText } from './manifest-files.ts';
import { relocateDocument } from './relocate.ts';

/** A manifest file of the command line and what it says. */
export interface AppliedFile extends ManifestText {
  readonly parsed: ManifestFile;
}

/** What the daemon says of itself, as far as paths hang on it; undefined where nobody was asked. */
export interface DaemonPlaces {
  readonly workspace: string;
  /** The folders of its sources. */
  readonly roots: readonly string[];
}

/** Asks the daemon where its workspace and its sources are. */
export async function askPlaces({ client, signal }: CommandContext): Promise<DaemonPlaces> {
  const { workspace, sources } = await client.status({ signal });
  return { workspace: await real(workspace), roots: await Promise.all(sources.map(({ path }) => real(path))) };
}

/** Reads what -f names. Files with errors come back with their diagnostics. Throws a usage error where there is nothing. */
export async function readApplied(
  { input }: CommandContext,
  paths: readonly string[],
  recursive: boolean,
): Promise<readonly AppliedFile[]> {
  const texts = await readManifestTexts(input, paths, recursive ? Infinity : 0);
  if (texts.length === 0) throw new CliError(EXIT.usage, `there is no manifest in ${paths.join(', ')}`);
  const files = texts.map((each) => ({ ...each, parsed: parseManifests(each.file, each.text) }));
  if (files.every(({ parsed }) => parsed.documents.length === 0 && parsed.diagnostics.length === 0))
    throw new CliError(EXIT.usage, `there is no document in ${texts.map(({ file }) => file).join(', ')}`);
  return files;
}

/** The same files with their relative paths as the daemon must read them; a file that lies inside a source is meant as it stands there. */
export async function relocateFiles(
  files: readonly AppliedFile[],
  cwd: string,
  places: DaemonPlaces,
): Promise<readonly AppliedFile[]> {
  const relocation = { from: await real(cwd), workspace: places.workspace };
  return Promise.all(
    files.map(async (each) => {
      if (await liesInside(each.path, places.roots)) return each;
      const { documents } = each.parsed;
      const text = documents.reduce((now, { index, raw }) => relocateDocument(now, index, raw, relocation), each.text);
      return text === each.text ? each : { ...each, text, parsed: parseManifests(each.file, text) };
    }),
  );
}

/** The text of one document alone, with the comments that belong to it. */
export function documentText({ text, parsed }: AppliedFile, wanted: ParsedDocument): string {
  const others = parsed.documents.map(({ index }) => index).filter((index) => index !== wanted.index);
  return others.sort((a, b) => b - a).reduce((rest, index) => removeDocument(rest, index), text);
}

async function liesInside(path: string | undefined, roots: readonly string[]): Promise<boolean> {
  if (path === undefined) return false;
  const folder = await real(dirname(path));
  return roots.some((root) => folder === root || folder.startsWith(root + sep));
}

/** Symbolic links resolved; the path itself where it is not there, which is so when the daemon runs on another machine. */
async function real(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}
