import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../src/reconcile/ports.ts';
import { GitSource } from '../../src/sources/git/git-source.ts';
import { systemClock } from '../helpers/clock.ts';
import { GitRemote } from '../helpers/git-remote.ts';
import { MemoryLastGood } from '../helpers/observed-source.ts';
import { serviceText } from '../helpers/services-folder.ts';
import type { Row } from './calls.ts';
import { median } from './load.ts';

const MANIFESTS = 3000;
const PUSHES = 5;

/** From an empty state to the first snapshot of thousands of manifests, and from a push of one file to the snapshot that has it. */
export async function benchGit(sizes: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes.length > 0 ? sizes : [MANIFESTS]) rows.push(...(await benchSize(size)));
  return rows;
}

async function benchSize(size: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clarity-bench-git-'));
  const remote = new GitRemote(join(folder, 'repo.git'));
  const path = (at: number) => `services.d/s${String(at)}.yaml`;
  const all = Array.from({ length: size }, (_, at) => [path(at), manifest(at, 'first')] as const);
  remote.commit(Object.fromEntries([...all, ['srv/main.js', '']]));
  const source = sourceOf(remote.url, join(folder, 'state'));
  try {
    const first = await timed(() => source.start(() => undefined));
    const pushed: number[] = [];
    for (let push = 0; push < PUSHES; push++) {
      const sha = remote.commit({ [path(push)]: manifest(push, `push ${String(push)}`) });
      let snapshot: Snapshot | undefined;
      pushed.push(await timed(async () => (snapshot = await source.refresh())));
      if (snapshot?.commit?.sha !== sha) throw new Error('the push was not seen');
    }
    return [
      { what: `first snapshot of ${String(size)} manifests in git`, value: ms(first), ratio: 'at most 5 s' },
      { what: `a push of one file of ${String(size)}, seen`, value: ms(median(pushed)), ratio: 'at most 1 s' },
    ];
  } finally {
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf(url: string, stateDir: string): GitSource {
  const none = () => Promise.reject(new Error('no secrets'));
  return new GitSource({
    name: 'fleet',
    url,
    path: 'services.d',
    intervalMs: 3_600_000,
    allowPush: false,
    prune: true,
    clock: systemClock,
    stateDir,
    stateHash: createHash('sha256').update(stateDir).digest('hex').slice(0, 16),
    secrets: { resolve: none, resolveHeader: none },
    lastGood: new MemoryLastGood(),
    env: process.env,
  });
}

/** Each names a file of the repository, so that every revision is put on the disk too. */
function manifest(at: number, text: string): string {
  return serviceText(`s${String(at)}`, `    args: [srv/main.js, ${JSON.stringify(text)}]`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
