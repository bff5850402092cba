import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { suggest } from '../../shared/suggest.ts';
import type { Project } from '../../toolchain/project-file.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { loadProject } from '../load-project.ts';

/** A program that a person named. */
export interface FoundProgram {
  /** The source file, relative to the current folder. */
  readonly file: string;
  /** The clarity.json beside it, where that speaks of this file. */
  readonly project?: Project;
}

/**
 * The program behind an operand: a .clarity file (the ending may be left out), or a folder with a clarity.json, a main.clarity or one .clarity
 * file. Throws a usage error where there is none.
 */
export function findProgram(context: CommandContext, given: string): FoundProgram {
  const { cwd } = context.input;
  const path = resolve(cwd, given);
  const file = [path, `${path}.clarity`].find((each) => each.endsWith('.clarity') && isFile(each));
  if (file !== undefined && !given.endsWith('/')) return ofFile(context, relative(cwd, file));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return ofFolder(context, relative(cwd, path));
  throw nothingAt(given, path);
}

function ofFile(context: CommandContext, file: string): FoundProgram {
  const project = projectOf(context, dirname(file));
  const { cwd } = context.input;
  const speaksOfIt = project?.entry === undefined || resolve(cwd, dirname(file), project.entry) === resolve(cwd, file);
  return project !== undefined && speaksOfIt ? { file, project } : { file };
}

function ofFolder(context: CommandContext, folder: string): FoundProgram {
  const project = projectOf(context, folder);
  const path = resolve(context.input.cwd, folder);
  const entry = project?.entry ?? (isFile(join(path, 'main.clarity')) ? 'main.clarity' : onlyFile(path));
  const shown = folder === '' ? 'the current folder' : folder;
  const hint = 'Name the file, or write it into clarity.json: {"entry": "main.clarity"}.';
  if (entry === undefined) throw new CliError(EXIT.usage, `there is no main.clarity in ${shown}`, { hint });
  if (!isFile(join(path, entry)))
    throw new CliError(EXIT.usage, `the entry of ${join(folder, 'clarity.json')} is missing: ${entry}`);
  return { file: join(folder, entry), ...(project === undefined ? {} : { project }) };
}

/** The clarity.json of a folder. Throws a usage error where it is wrong. */
function projectOf(context: CommandContext, folder: string): Project | undefined {
  const file = join(folder, 'clarity.json');
  return existsSync(resolve(context.input.cwd, file)) ? loadProject(context, file) : undefined;
}

function onlyFile(folder: string): string | undefined {
  const files = readdirSync(folder).filter((name) => name.endsWith('.clarity'));
  return files.length === 1 ? files[0] : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function nothingAt(given: string, path: string): CliError {
  const near = suggest(basename(path).replace(/\.clarity$/, ''), neighbours(dirname(path)));
  const missing = given.endsWith('.clarity') ? given : `${given}.clarity`;
  const hint = near === undefined ? {} : { hint: `Did you mean ${join(dirname(given), near)}?` };
  return new CliError(EXIT.usage, `cannot read ${missing}: no such file`, hint);
}

function neighbours(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.clarity'))
    .map(({ name }) => name.replace(/\.clarity$/, ''));
}
