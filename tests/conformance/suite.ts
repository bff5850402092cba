import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const PROGRAM = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')),
  'dist/index.js',
);
const LOADER = pathToFileURL(join(import.meta.dirname, 'with-glob.mjs')).href;

/** One check of a scenario, as the suite writes it down. */
interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'INFO' | 'SKIPPED';
  readonly errorMessage?: string;
}

/** What a scenario found fault with: failures, and warnings, which the suite's own baseline counts as failures too. */
export type Faults = readonly string[];

/** Nothing of the suite takes as long on the slowest machine. */
const LIFE_MS = 80_000;

/** Starts the official conformance suite, which leaves its results in `results`. It is killed where it does not end by itself. */
export function startSuite(results: string, args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, ['--import', LOADER, PROGRAM, ...args, '-o', results], {
    cwd: results,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIFE_MS,
    killSignal: 'SIGKILL',
  });
}

/** All server scenarios against `url`, by name; they run one after another in one process. */
export async function judgeServer(url: string, results: string): Promise<ReadonlyMap<string, Faults>> {
  const suite = startSuite(results, ['server', '--url', url, '--suite', 'all']);
  suite.stdout.resume();
  suite.stderr.resume();
  await once(suite, 'close');
  return readFaults(results, 'server-');
}

/** The faults that a folder of results names: one folder a scenario, its name followed by the time. */
export async function readFaults(results: string, prefix = ''): Promise<ReadonlyMap<string, Faults>> {
  const faults = new Map<string, Faults>();
  for (const folder of await readdir(results)) {
    const scenario = folder.slice(prefix.length).replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
    const checks = JSON.parse(await readFile(join(results, folder, 'checks.json'), 'utf8')) as Check[];
    faults.set(scenario, faultsOf(checks));
  }
  return faults;
}

/** A scenario without a check that passed has met nothing that it could check: that is a fault of the set-up. */
function faultsOf(checks: readonly Check[]): Faults {
  const bad = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
  if (bad.length > 0) return bad.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? 'failed'}`);
  return checks.some(({ status }) => status === 'SUCCESS') ? [] : ['no check applied'];
}
