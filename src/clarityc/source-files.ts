import { CliError, EXIT } from '../cli/cli-error.ts';
import { listFiles } from '../cli/list-files.ts';
import type { CommandContext } from './command-context.ts';
import { entryFile } from './entry-file.ts';

const CHOICE = { name: /\.clarity$/, depth: 64 };

/** The source files behind operands: each file, every .clarity file in and below a folder; without any the entry file. Each once. */
export async function sourceFiles(context: CommandContext, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [entryFile(context, undefined)];
  const files = new Set<string>();
  for (const path of paths) for (const file of await listFiles(context.input.cwd, path, CHOICE)) files.add(file);
  if (files.size > 0) return [...files];
  throw new CliError(EXIT.usage, `there is no .clarity file in ${paths.join(', ')}`);
}
