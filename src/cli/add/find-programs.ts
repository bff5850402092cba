import { dirname, join, resolve, sep } from 'node:path';
import { checkFile } from '../../toolchain/compile-file.ts';
import type { CommandContext } from '../command-context.ts';
import { listFiles } from '../list-files.ts';
import { findProgram, type FoundProgram } from './find-program.ts';

const MAX_DEPTH = 64;

/** What a scan of a folder gave. */
export interface FoundPrograms {
  /** How many .clarity files there are. */
  readonly scanned: number;
  readonly programs: readonly FoundProgram[];
  /** Files that are no program of their own, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  /** Projects that cannot be read. */
  readonly failures: readonly { readonly file: string; readonly error: unknown }[];
}

/**
 * The programs of a folder, without dot folders and node_modules. A folder with clarity.json is one program, and the files in and below it are
 * its parts; elsewhere each .clarity file is one, but for those that another program imports and those without a function that would be a tool.
 * Throws a usage error where the folder cannot be read.
 */
export async function findPrograms(
  context: CommandContext,
  folder: string,
  recursive: boolean,
): Promise<FoundPrograms> {
  const { cwd } = context.input;
  const all = await listFiles(cwd, folder, { name: /^clarity\.json$|\.clarity$/, depth: recursive ? MAX_DEPTH : 0 });
  const files = all.filter((file) => file.endsWith('.clarity'));
  const projects = all.filter((file) => !file.endsWith('.clarity')).map((file) => dirname(file));
  const programs: FoundProgram[] = [];
  const failures: { file: string; error: unknown }[] = [];
  for (const project of projects) {
    try {
      programs.push(findProgram(context, `${project}${sep}`));
    } catch (error) {
      failures.push({ file: join(project, 'clarity.json'), error });
    }
  }
  const loose = files.filter((file) => !projects.some((project) => liesIn(cwd, file, project)));
  const { alone, skipped } = choose(loose.map((file) => look(cwd, file)));
  return { scanned: files.length, programs: [...programs, ...alone], skipped, failures };
}

/** A file by itself: what it is made of, and whether it would serve a tool. */
interface LooseFile {
  readonly file: string;
  readonly path: string;
  readonly inputs: ReadonlySet<string>;
  readonly hasTools: boolean;
}

function look(cwd: string, file: string): LooseFile {
  const path = resolve(cwd, file);
  try {
    const { program, entry, inputs } = checkFile(path);
    // One with errors is meant to be a service: its errors are told when it is added.
    const hasTools = program?.entry.functions.some(({ effects }) => !effects.includes('Test')) ?? true;
    return { file, path: entry.path, inputs: new Set(inputs.keys()), hasTools };
  } catch {
    // It cannot be read: adding it says so.
    return { file, path, inputs: new Set(), hasTools: true };
  }
}

function choose(files: readonly LooseFile[]): {
  readonly alone: readonly FoundProgram[];
  readonly skipped: FoundPrograms['skipped'];
} {
  const serving = files.filter(({ hasTools }) => hasTools);
  const skipped: { file: string; why: string }[] = [];
  const alone = files.filter((each) => {
    // Of two that import each other, the first stays.
    const importer = serving.find(
      (other) =>
        other !== each && other.inputs.has(each.path) && (!each.inputs.has(other.path) || other.path < each.path),
    );
    const why = each.hasTools ? importer && `${importer.file} imports it` : 'it has no function that would be a tool';
    if (why !== undefined) skipped.push({ file: each.file, why });
    return why === undefined;
  });
  return { alone: alone.map(({ file }) => ({ file })), skipped };
}

function liesIn(cwd: string, file: string, folder: string): boolean {
  return resolve(cwd, file).startsWith(resolve(cwd, folder) + sep);
}
