import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it, type ExpectStatic } from 'vitest';
import type { SourceItem } from '../../src/wire/types.ts';
import type { Daemon, Workspace } from '../helpers/daemon.ts';
import { fleetManifest, itemsOf, removedBy, wasmWorkspace } from '../helpers/wasm-fleet.ts';

const sh = promisify(execFile);

/** Always in the folder, whatever is done to it. */
const STAYS = ['a', 'b', 'c', 'd'];

/** A folder of manifests that is a source of the daemon. */
interface Target {
  readonly workspace: Workspace;
  readonly daemon: Daemon;
  readonly folder: string;
  /** Of the test that runs: there are others. */
  readonly expect: ExpectStatic;
  /** Of a file in the folder. */
  path(file?: string): string;
  /** Of another folder beside it. */
  beside(name: string): string;
}

/** Makes the folder hold exactly these services, one way or another. */
type Writer = (target: Target, names: readonly string[]) => Promise<void>;

async function fill(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeFile(join(folder, `${name}.yaml`), fleetManifest(name));
}

/** `True`, or why the source is not ready. */
async function readiness({ daemon, folder }: Target): Promise<string | undefined> {
  const { items } = (await (await fetch(`${daemon.url}/api/sources`)).json()) as { items: SourceItem[] };
  const source = items.find(({ name }) => name === folder);
  return source?.ready === 'True' ? 'True' : source?.reason;
}

/** What rsync does: each file beside its place under a dot name, its old mtime set, then renamed over. */
async function likeRsync({ path }: Target, names: readonly string[], deletes: 'before' | 'after'): Promise<void> {
  const prune = async () => {
    for (const file of await readdir(path()))
      if (!names.some((name) => file === `${name}.yaml`)) await rm(path(file), { recursive: true });
  };
  if (deletes === 'before') await prune();
  for (const name of names) {
    const beside = path(`.${name}.yaml.Xk3q9Z`);
    await writeFile(beside, fleetManifest(name));
    await utimes(beside, 1_600_000_000, 1_600_000_000);
    await rename(beside, path(`${name}.yaml`));
  }
  if (deletes === 'after') await prune();
}

/** What the kubelet does to a mounted ConfigMap. */
async function project({ path }: Target, version: string, names: readonly string[]): Promise<void> {
  await fill(path(`..${version}`), names);
  await symlink(`..${version}`, path('..data_tmp'));
  await rename(path('..data_tmp'), path('..data'));
  for (const name of names) await symlink(`..data/${name}.yaml`, path(`${name}.yaml`)).catch(existsAlready);
}

function existsAlready(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** The real program, where there is one: its own way of writing, not ours. */
const withRsync = await sh('rsync', ['--version']).then(
  () => true,
  () => false,
);

const WRITERS: Readonly<Record<string, Writer>> = {
  'root removed and recreated at once': async ({ path }, names) => {
    await rm(path(), { recursive: true });
    await fill(path(), names);
  },
  'root replaced by rename': async ({ path, beside }, names) => {
    await fill(beside('next'), names);
    await rename(path(), beside('before'));
    await rename(beside('next'), path());
    await rm(beside('before'), { recursive: true });
  },
  'filled as rsync --delete-before does': (target, names) => likeRsync(target, names, 'before'),
  'filled as rsync --delete-after does': (target, names) => likeRsync(target, names, 'after'),
  ...(withRsync && {
    'filled by rsync': async ({ path, beside }, names) => {
      await fill(beside('from'), names);
      await sh('rsync', ['-a', '--delete', `${beside('from')}/`, `${path()}/`]);
    },
  }),
  'emptied, then filled by cp -r': async ({ path, beside }, names) => {
    await fill(beside('copy'), names);
    for (const file of await readdir(path())) await rm(path(file));
    await cp(beside('copy'), path(), { recursive: true });
  },
  'mounted as a ConfigMap, then by ..data swap': async (target, names) => {
    const { path, beside, expect } = target;
    await mkdir(beside('mount'));
    await rename(path(), beside('plain'));
    await rename(beside('mount'), path());
    const [first = ''] = names;
    await project(target, '2026_1', names);
    await expect.poll(() => readiness(target)).toBe('True');
    await project(target, '2026_2', names);
    await rm(path('..2026_1'), { recursive: true });
    expect(await readFile(path(`${first}.yaml`), 'utf8')).toBe(fleetManifest(first));
  },
};

/** Another folder in its place when the daemon has seen that there is none. */
const recreate: Writer = async (target, names) => {
  await rm(target.path(), { recursive: true });
  await target.expect.poll(() => readiness(target)).toBe('SourceMissing');
  await fill(target.path(), names);
};

describe('a folder that is', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const targets = Object.keys(WRITERS).map((name, index) => [name, `f${String(index)}`] as const);
  const folders = ['again', ...targets.map(([, folder]) => folder)];
  const members = (folder: string, extra: string) => [...STAYS, extra].map((name) => `${folder}-${name}`);
  /** Who of a folder runs, and since when. */
  const runs = async (folder: string) =>
    [...(await itemsOf(daemon))]
      .filter(([name, { lifecycle }]) => name.startsWith(`${folder}-`) && lifecycle === 'RUNNING')
      .map(([name, { status }]) => [name, status.startedAt, status.restarts].join())
      .sort();
  const names = async (folder: string) => (await runs(folder)).map((one) => one.split(',')[0]);

  beforeAll(async () => {
    workspace = await wasmWorkspace();
    for (const folder of folders) await fill(workspace.path(folder), members(folder, 'old'));
    daemon = await workspace.daemon(folders.flatMap((folder) => ['--source', `dir:${folder}`]));
  }, 40_000);
  afterAll(() => workspace.dispose());

  /** The same end state, whoever writes: what the folder says runs, and what stays was never stopped. */
  async function ends(folder: string, writer: Writer | undefined, expect: ExpectStatic): Promise<void> {
    await expect.poll(() => names(folder)).toEqual(members(folder, 'old'));
    const before = await runs(folder);
    const target: Target = {
      workspace,
      daemon,
      folder,
      expect,
      path: (file = '.') => workspace.path(folder, file),
      beside: (other) => workspace.path(`${folder}.${other}`),
    };
    await writer?.(target, members(folder, 'new'));
    await expect.poll(() => names(folder), { timeout: 15_000 }).toEqual(members(folder, 'new').sort());
    const stays = members(folder, 'old').slice(0, STAYS.length);
    const staying = (all: readonly string[]) => all.filter((one) => stays.some((stay) => one.startsWith(`${stay},`)));
    expect(staying(await runs(folder))).toEqual(staying(before));
    // Told in the log, which may come after the answer.
    await expect.poll(() => removedBy(daemon).filter((one) => one.startsWith(`${folder}-`))).toEqual([`${folder}-old`]);
    await expect.poll(() => readiness(target)).toBe('True');
  }

  it.concurrent(
    'root removed and recreated: reconciles within one poll tick without restart of the daemon',
    async ({ expect }) => ends('again', recreate, expect),
  );

  it.concurrent.for(targets)('%s: the same end state', async ([name, folder], { expect }) =>
    ends(folder, WRITERS[name], expect),
  );
});
