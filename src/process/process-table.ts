import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { errorCode } from '../shared/errors.ts';

/** Clock ticks a second in /proc: fixed at 100 for user space on Linux. */
const TICKS_PER_SECOND = 100;

/** One process as /proc shows it. pid and startTicks together name it for ever; the pid alone may be given out again. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startTicks: number;
  /** The environment it was started with; empty where we may not read it. */
  readonly environment: ReadonlyMap<string, string>;
}

/** Every living process (no zombies). Linux only; processes that end meanwhile are left out. */
export async function readProcesses(): Promise<readonly ProcessEntry[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const entries = await Promise.all(pids.map(readProcess));
  return entries.filter((entry) => entry !== undefined);
}

/** Where the living processes work that we may look at. Empty elsewhere than on Linux. */
export async function workingFolders(): Promise<ReadonlySet<string>> {
  if (process.platform !== 'linux') return new Set();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map(readWorkingFolder));
  return new Set(folders.filter((folder) => folder !== undefined));
}

/** Sends a signal after a last look whether the pid still is that process. One that is gone, or may not be signalled, is passed over. */
export function signalProcess(entry: ProcessEntry, signal: NodeJS.Signals): void {
  try {
    const stat = parseStat(readFileSync(`/proc/${entry.pid}/stat`, 'utf8'));
    if (stat?.startTicks === entry.startTicks) process.kill(entry.pid, signal);
  } catch (error) {
    if (!isGone(error) && !isDenied(error)) throw error;
  }
}

/** Ticks since boot, rounded up: a process of a later start has a greater startTicks. */
export function nowTicks(): number {
  return Math.ceil(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * TICKS_PER_SECOND);
}

/** True for the errors of a process that is no longer there. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '');
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(errorCode(error) ?? '');
}

async function readProcess(pid: number): Promise<ProcessEntry | undefined> {
  try {
    const stat = parseStat(await readFile(`/proc/${pid}/stat`, 'utf8'));
    if (stat === undefined) return undefined;
    return { pid, ...stat, environment: parseEnvironment(await readEnvironment(pid)) };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function readWorkingFolder(pid: string): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch (error) {
    if (isGone(error) || isDenied(error)) return undefined;
    throw error;
  }
}

/** Another user's environment is closed to us: such a process is none of ours. */
async function readEnvironment(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/environ`, 'latin1');
  } catch (error) {
    if (isDenied(error)) return '';
    throw error;
  }
}

/** `pid (comm) state ppid pgrp session … starttime`; comm may hold anything, so that counting begins behind its last bracket. */
function parseStat(text: string): Pick<ProcessEntry, 'parent' | 'group' | 'session' | 'startTicks'> | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return {
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    startTicks: Number(fields[19]),
  };
}

function parseEnvironment(text: string): ReadonlyMap<string, string> {
  const entries = text.split('\0').filter((entry) => entry.includes('='));
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}
