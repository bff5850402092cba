import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError, EXIT, systemMessage } from '../cli/cli-error.ts';
import type { Project } from '../toolchain/project-file.ts';
import type { CommandContext } from './command-context.ts';
import { loadProject } from '../cli/load-project.ts';

/**
 * The file that a command works on, as a person writes it: the one that is given, or the entry of clarity.json, or the only .clarity file of
 * the current folder (language.md §10). `project` is that clarity.json where it has been read. Throws a usage error where that is not one file.
 */
export function entryFile(context: CommandContext, given: string | undefined, project?: Project): string {
  if (given !== undefined) return given;
  const { cwd } = context.input;
  const known = project ?? (existsSync(join(cwd, 'clarity.json')) ? loadProject(context, 'clarity.json') : undefined);
  const entry = known?.entry;
  if (entry !== undefined) return entry;
  const files = readdirSync(cwd).filter((name) => name.endsWith('.clarity'));
  const [only] = files;
  if (only !== undefined && files.length === 1) return only;
  const hint = 'Name the file, or write it into clarity.json: {"entry": "main.clarity"}.';
  const why = files.length === 0 ? 'no .clarity file' : `${String(files.length)} .clarity files`;
  throw new CliError(EXIT.usage, `there is ${why} in the current folder`, { hint });
}

/** Does what reads a source file; its failure is a usage error that names the file. */
export function reading<T>({ input: { cwd } }: CommandContext, file: string, read: (path: string) => T): T {
  const path = resolve(cwd, file);
  try {
    return read(path);
  } catch (cause) {
    const hint = existsSync(`${path}.clarity`) ? { hint: `Did you mean ${file}.clarity?` } : {};
    throw new CliError(EXIT.usage, `cannot read ${file}: ${systemMessage(cause)}`, { ...hint, cause });
  }
}
