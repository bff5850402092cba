import { lstat, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../shared/errors.ts';
import type { Cache } from './cache.ts';

const HOUR_MS = 3_600_000;
/** Entries of the folder that one run looks at. */
const MAX_ENTRIES = 20_000;
const ARTIFACT = /^([0-9a-f]{64})\.wasm$/;
const INDEX = /^[-a-z0-9]+(?:\.gone)?\.json$/;
const GONE = /\.gone\.json$/;
/** Left behind by a daemon that was killed: half-written files, and folders of outside compilers. */
const LEFTOVER = /^\.(?:out-\w+|[-.\w]+\.tmp-[0-9a-f]+)$/;

/** Removes artifacts that no index names, indexes of services that are gone, and leftovers: each when it is older than an hour. */
export async function prune(cache: Cache, now: number): Promise<void> {
  const names = await entries(cache.folder);
  const old = async (name: string) => now - (await modifiedMs(join(cache.folder, name), now)) > HOUR_MS;
  for (const name of names) {
    if (LEFTOVER.test(name) && (await old(name))) await rm(join(cache.folder, name), { recursive: true, force: true });
    if (GONE.test(name) && (await old(name))) await cache.remove(join(cache.folder, name));
  }
  const candidates: string[] = [];
  for (const name of names) {
    const hash = ARTIFACT.exec(name)?.[1];
    if (hash !== undefined && !cache.isPinned(hash) && (await old(name))) candidates.push(hash);
  }
  if (candidates.length === 0) return;
  const named = await namedArtifacts(cache);
  // A service may have come to need it meanwhile.
  for (const hash of candidates) if (!named.has(hash) && !cache.isPinned(hash)) await cache.removeArtifact(hash);
}

/** Removes the index of a service and the artifacts that only it names; true where there was something. */
export async function removeService(cache: Cache, identity: string): Promise<boolean> {
  const record = await cache.readRecord(identity);
  const hashes = new Set([...cache.pinsOf(identity), ...(record === undefined ? [] : [record.hash])]);
  let removed = await cache.removeIndex(identity);
  const named = await namedArtifacts(cache);
  for (const hash of hashes) {
    if (named.has(hash) || cache.isPinned(hash)) continue;
    if (await cache.removeArtifact(hash)) removed = true;
  }
  return removed;
}

async function namedArtifacts(cache: Cache): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const name of await entries(cache.folder)) {
    const record = INDEX.test(name) ? await cache.readIndex(join(cache.folder, name)) : undefined;
    if (record !== undefined) named.add(record.hash);
  }
  return named;
}

async function entries(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) {
      names.push(name);
      if (names.length >= MAX_ENTRIES) break;
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return names;
}

/** `now` where it is gone. */
async function modifiedMs(path: string, now: number): Promise<number> {
  try {
    return (await lstat(path)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return now;
    throw error;
  }
}
