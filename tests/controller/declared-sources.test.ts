import { describe, expect, it } from 'vitest';
import type { SnapshotFile } from '../../src/reconcile/ports.ts';
import { ControllerRig, FakeStore, service } from '../helpers/controller-rig.ts';

const source = (name: string, spec = '{git: "https://x/y"}') =>
  `apiVersion: clarity.runtime/v1\nkind: Source\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
const fleetOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${String(at)}.yaml`, service(`s${String(at)}`)]));

/** A rig whose source `team` has so many services, all of them running. */
async function running(count: number, spec?: string, store?: FakeStore) {
  const rig = await ControllerRig.start(
    { 'team.yaml': source('team', spec) },
    (made) => (made.filesOf = (name) => (name === 'team' ? fleetOf(count) : {})),
    store,
  );
  await rig.run(1000);
  return rig;
}
const pids = (rig: ControllerRig) =>
  [...rig.controller.fleet.entries.keys()].map((name) => rig.driver.observe(name)[0]?.ref.id);

describe('the services of a Source document', () => {
  it('come with it, and go with it', async () => {
    const rig = await running(2);
    expect([rig.condition('s0'), rig.condition('s1')]).toEqual(['True:Serving', 'True:Serving']);
    rig.source.set({ 'team.yaml': undefined });
    await rig.run(30_000);
    expect([...rig.controller.fleet.entries.keys()]).toEqual([]);
    expect(rig.declared.get('team')?.isClosed).toBe(true);
    expect(rig.controller.sources.snapshots.has('team')).toBe(false);
    expect(rig.events.map(({ kind }) => kind)).toContain('source.removed');
  });

  it('stay behind the brake where there are many, also over a restart, until a person confirms', async () => {
    const store = new FakeStore();
    const rig = await running(6, undefined, store);
    const before = pids(rig);
    rig.source.set({ 'team.yaml': undefined });
    await rig.run(120_000);
    expect(rig.condition('s0', 'Synced')).toBe('False:PruneBlocked');
    expect(rig.entry('s0').stale?.message).toContain('clarityctl prune --confirm team@removed');
    expect(pids(rig)).toEqual(before);
    const again = await ControllerRig.start({}, () => undefined, store);
    await again.run(1000);
    expect(again.condition('s0', 'Synced')).toBe('False:PruneBlocked');
    expect(again.controller.sources.confirmPrune('team@removed')).toBe(true);
    await again.run(30_000);
    expect(again.controller.fleet.entries.size).toBe(0);
    expect(again.controller.sources.confirmPrune('team@removed')).toBe(false);
  });

  it('keep running with prune: false, when their files go, when the source does, and after a restart', async () => {
    const store = new FakeStore();
    const rig = await running(2, '{git: "https://x/y", prune: false}', store);
    rig.declared.get('team')?.set({ 's0.yaml': undefined });
    await rig.run(30_000);
    expect(rig.condition('s0', 'Synced')).toBe('False:PruneDisabled');
    rig.source.set({ 'team.yaml': undefined });
    await rig.run(30_000);
    for (const name of ['s0', 's1'])
      expect([rig.condition(name), rig.condition(name, 'Synced')]).toEqual(['True:Serving', 'False:PruneDisabled']);
    const again = await ControllerRig.start({}, () => undefined, store);
    await again.run(1000);
    expect([...again.controller.fleet.entries.keys()]).toEqual(['s0', 's1']);
  });

  it('are not touched while the document says something else, and run on at what the new source says', async () => {
    const rig = await running(4);
    const before = pids(rig);
    const old = rig.declared.get('team');
    rig.source.set({ 'team.yaml': source('team', '{git: "https://x/z"}') });
    await rig.run(30_000);
    expect(old?.isClosed).toBe(true);
    expect(rig.declared.get('team')).not.toBe(old);
    expect(pids(rig)).toEqual(before);
    old?.set({ 's0.yaml': undefined, 's1.yaml': undefined });
    await rig.run(30_000);
    expect(pids(rig)).toEqual(before);
  });

  it('are kept while what declares the source cannot be read, from the first look of a daemon on', async () => {
    const store = new FakeStore();
    const rig = await running(2, undefined, store);
    await rig.stop();
    const again = await ControllerRig.start({}, (made) => (made.source.over = { complete: false }), store);
    await again.run(30_000);
    expect(again.condition('s0', 'Synced')).toBe('False:SourceUnavailable');
    again.source.over = {};
    again.source.set({});
    await again.run(30_000);
    expect(again.controller.fleet.entries.size).toBe(0);
  });
});

describe('a Source document', () => {
  it('in a repository is a warning and is not followed', async () => {
    const rig = await running(1);
    rig.declared.get('team')?.set({ 'more.yaml': source('more', '{dir: /}') });
    await rig.run(1000);
    expect([...rig.declared.keys()]).toEqual(['team']);
    expect(rig.controller.sources.diagnostics.all).toMatchObject([
      { severity: 'warning', code: 'SourceNotFollowed', file: 'more.yaml' },
    ]);
  });

  it('of the name of a flag is an error, and the flag wins', async () => {
    const rig = await ControllerRig.start({ 'a.yaml': source('services') });
    await rig.run(1000);
    expect([...rig.declared.keys()]).toEqual([]);
    expect(rig.controller.sources.diagnostics.all).toMatchObject([
      { severity: 'error', code: 'Conflict', file: 'a.yaml' },
    ]);
  });

  it('of a folder may declare more', async () => {
    const rig = await ControllerRig.start({ 'a.yaml': source('a', '{dir: a}') }, (made) => {
      made.filesOf = (name) => (name === 'a' ? { 'b.yaml': source('b') } : {});
    });
    await rig.run(1000);
    expect([...rig.declared.keys()]).toEqual(['a', 'b']);
  });
});

describe('a commit', () => {
  it('restarts only the service whose named files it changed', async () => {
    const rig = await running(2);
    const team = rig.declared.get('team');
    const before = pids(rig);
    const named = (file: string, namedFiles: string) => {
      const old = team?.files.get(file);
      const [document] = old?.documents ?? [];
      if (old !== undefined && document !== undefined)
        team?.files.set(file, { ...old, documents: [{ ...document, namedFiles }] } satisfies SnapshotFile);
    };
    named('s1.yaml', 'sha256:1');
    team?.report();
    await rig.run(60_000);
    expect(pids(rig)[0]).toBe(before[0]);
    expect(pids(rig)[1]).not.toBe(before[1]);
    expect(rig.entry('s1').row.generation).toBe(1);
    const once = pids(rig);
    named('s1.yaml', 'sha256:1');
    team?.report();
    await rig.run(60_000);
    expect(pids(rig)).toEqual(once);
  });

  it('is told with its subject and author', async () => {
    const rig = await running(1);
    const team = rig.declared.get('team');
    if (team !== undefined) {
      team.over = { revision: 'main@sha1:2', commit: { sha: '2', author: 'Ann', subject: 'Mend it', atMs: 0 } };
      team.report();
    }
    expect(rig.events.at(-1)).toMatchObject({ kind: 'source.moved', message: 'team is at main@sha1:2: Mend it (Ann)' });
  });
});

describe('a source that is to look again soon', () => {
  it('looks once more, however many ask while it looks', async () => {
    const rig = await running(1);
    const team = rig.declared.get('team');
    for (let asked = 0; asked < 50; asked++) expect(rig.controller.sources.refreshSoon('team')).toBe(true);
    await rig.run(0);
    expect(team?.looks).toBeLessThanOrEqual(2);
    expect(rig.controller.sources.refreshSoon('ghost')).toBe(false);
  });
});
