import { constants } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage } from '../../shared/errors.ts';
import { fine, type Check } from './check.ts';

/** The workspace: a folder that can be written. Nothing is made. */
export async function checkWorkspace(folder: string): Promise<Check> {
  const name = 'workspace';
  try {
    if (!(await stat(folder)).isDirectory())
      return { name, status: 'fail', detail: `${folder} is no folder`, fix: 'Choose another with --workspace.' };
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return fine(name, `${folder} can be written`);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    const fix = `Give yourself write access to ${folder}, or start clarityd with another --workspace.`;
    return { name, status: 'fail', detail: errorMessage(error), fix };
  }
}

/** The folder of manifests, where it is the usual one. */
export async function checkServices(workspace: string): Promise<Check> {
  const name = 'services.d';
  const folder = join(workspace, 'services.d');
  try {
    const files = (await readdir(folder)).filter((file) => /\.(ya?ml|json)$/.test(file));
    return fine(name, `${folder} holds ${String(files.length)} manifest files`);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    if (errorCode(error) !== 'ENOENT')
      return { name, status: 'fail', detail: errorMessage(error), fix: `Make ${folder} readable.` };
    const fix = 'Write a first manifest with clarityctl new, or bring yours with clarityctl import.';
    return { name, status: 'warn', detail: `${folder} does not exist yet`, fix };
  }
}

/** The lock of the state folder: who holds it, as far as the pid beside it tells (store/state-lock.ts). */
export async function checkLock(
  workspace: string,
  daemonAnswers: boolean,
  isAlive: (pid: number) => boolean,
): Promise<Check> {
  const name = 'lock';
  const file = join(workspace, '.clarity', 'lock.pid');
  const pid = await readPid(file);
  if (pid === undefined) return fine(name, 'no daemon holds the state folder');
  if (!isAlive(pid)) return fine(name, `${file} names pid ${String(pid)}, which is gone: the next daemon takes over`);
  if (daemonAnswers) return fine(name, `held by pid ${String(pid)}`);
  return {
    name,
    status: 'warn',
    detail: `pid ${String(pid)} holds ${join(workspace, '.clarity')}, and no daemon answers where we ask`,
    fix: `Point --daemon-url at its port (it prints it when it starts), or end it: kill ${String(pid)}`,
  };
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
