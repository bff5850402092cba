import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolveCommand } from './command.ts';

/** System folders only: what stands in front of every command of the product must not come from a workspace. */
const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

let prefix: Promise<readonly string[]> | undefined;

/**
 * The words in front of a command that make the kernel kill the child when this process dies (dependencies.md, child processes);
 * none where setpriv is missing or does not know the option. Looked up once.
 */
export function deathSignalPrefix(): Promise<readonly string[]> {
  prefix ??= detect().catch(() => []); // any failure of the trial run means: do without
  return prefix;
}

async function detect(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const setpriv = await resolveCommand('setpriv', '/', SYSTEM_PATH);
  const words = [setpriv, '--pdeathsig', 'SIGKILL', '--'];
  await promisify(execFile)(setpriv, [...words.slice(1), setpriv, '--version'], { timeout: 5000, env: {} });
  return words;
}
