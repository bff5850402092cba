import { readFile } from 'node:fs/promises';
import { errorCode } from '../../shared/errors.ts';
import { fine, type Check } from './check.ts';

/** package.json, engines. */
const NODE = [20, 19] as const;
/** One watch a folder, one instance a watcher: what a desktop with editors and this daemon uses. */
const INOTIFY = { max_user_watches: 8192, max_user_instances: 128 } as const;
const INOTIFY_FOLDER = '/proc/sys/fs/inotify';

/** The version of Node, such as `20.19.0`. */
export function checkNode(version: string): Check {
  if (isAtLeast(version, NODE)) return fine('node', version);
  const fix = `Install Node.js ${NODE.join('.')} or newer.`;
  return { name: 'node', status: 'fail', detail: `${version} is too old`, fix };
}

/** True where the version's first two numbers are not below `least`. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = '0', second = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

/** The limits of Linux on watching folders, which a manifest folder and a git tree need. */
export async function checkInotify(folder: string = INOTIFY_FOLDER): Promise<Check> {
  const limits = await Promise.all(
    Object.entries(INOTIFY).map(async ([name, least]) => ({ name, least, value: await readNumber(folder, name) })),
  );
  const known = limits.filter(({ value }) => value !== undefined);
  if (known.length === 0) return fine('inotify', 'no limits on this system');
  const low = known.filter(({ least, value = 0 }) => value < least);
  if (low.length === 0) return fine('inotify', known.map(({ name, value }) => `${name} ${String(value)}`).join(', '));
  return {
    name: 'inotify',
    status: 'warn',
    detail: `${low.map(({ name, value }) => `${name} is ${String(value)}`).join(', ')}: changes of files may go unseen`,
    fix: low.map(({ name, least }) => `sudo sysctl fs.inotify.${name}=${String(least)}`).join('; '),
  };
}

async function readNumber(folder: string, name: string): Promise<number | undefined> {
  try {
    return Number(await readFile(`${folder}/${name}`, 'utf8'));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
