import { resolve } from 'node:path';
import { CliError, EXIT, systemMessage } from './cli-error.ts';
import { printable } from '../shared/text.ts';
import { readProject, type Project } from '../toolchain/project-file.ts';
import { SourceReader } from '../toolchain/source-reader.ts';
import type { CliInput } from './cli-input.ts';

/** What reading needs of a command's context, of clarityctl as of clarityc. */
interface Reading {
  readonly input: Pick<CliInput, 'cwd'>;
  readonly warn: (text: string) => void;
}

/** Reads a clarity.json; says its warnings on stderr. Throws a usage error where it cannot be read or is invalid. */
export function loadProject({ input: { cwd }, warn }: Reading, file: string): Project {
  const { project, errors, warnings } = readProject(readText(resolve(cwd, file), file));
  for (const warning of warnings) warn(`warning: ${printable(`${file}: ${warning}`)}`);
  if (project !== undefined) return project;
  throw new CliError(EXIT.usage, errors.map((error) => `${file}: ${error}`).join('\n'));
}

function readText(path: string, file: string): string {
  try {
    return new SourceReader().read(path).text;
  } catch (cause) {
    throw new CliError(EXIT.usage, `cannot read ${file}: ${systemMessage(cause)}`, { cause });
  }
}
