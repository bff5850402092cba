import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { ClarityError, errorCode } from '../shared/errors.ts';

/** Where a shell looks when PATH is not set. */
const DEFAULT_PATH = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

/**
 * The absolute path of a command, found as execvp would: a name with a slash is relative to `cwd`, any other is looked up in `path`.
 * Throws ClarityError CommandNotFound that says what is in the way: nothing there, a folder, or no permission to execute.
 */
export async function resolveCommand(command: string, cwd: string, path = DEFAULT_PATH): Promise<string> {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = command.includes('/')
    ? [resolve(cwd, command)]
    : folders.map((folder) => resolve(cwd, join(folder, command)));
  let obstacle: string | undefined;
  for (const candidate of command === '' ? [] : candidates) {
    const trouble = await whyNotExecutable(candidate);
    if (trouble === undefined) return candidate;
    if (trouble !== 'missing') obstacle ??= `${candidate} ${trouble}`;
  }
  if (obstacle !== undefined) throw new ClarityError('CommandNotFound', `command "${command}" cannot run: ${obstacle}`);
  const where = command.includes('/') ? `at ${resolve(cwd, command)}` : `in the ${folders.length} folders of PATH`;
  throw new ClarityError('CommandNotFound', `command "${command}" was not found ${where}`);
}

async function whyNotExecutable(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).isDirectory()) return 'is a folder';
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return 'missing';
    if (isCode(error, 'EACCES', 'ELOOP', 'ENAMETOOLONG')) return 'cannot be reached';
    throw error;
  }
  try {
    await access(file, constants.X_OK);
    return undefined;
  } catch (error) {
    if (isCode(error, 'EACCES')) return 'is not executable (chmod +x)';
    throw error;
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(errorCode(error) ?? '');
}
