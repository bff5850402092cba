import { resolve } from 'node:path';
import { CliError, EXIT, systemMessage } from '../cli/cli-error.ts';
import { errorCode } from '../shared/errors.ts';
import { writeArtifact } from '../toolchain/write-artifact.ts';
import type { CommandContext } from './command-context.ts';

/** Writes a file that the command was asked for. Throws a usage error that names it. */
export async function writeOutput(
  { input: { cwd } }: CommandContext,
  file: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  try {
    await writeArtifact(resolve(cwd, file), content, mode);
  } catch (cause) {
    const why = errorCode(cause) === 'EISDIR' ? 'it is a folder' : systemMessage(cause);
    throw new CliError(EXIT.usage, `cannot write ${file}: ${why}`, { cause });
  }
}
