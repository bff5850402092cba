import { expect, it } from 'vitest';
import type { SourceManifest } from '../../src/manifest/index.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type { SourceChange } from '../../src/reconcile/ports.ts';
import { FakeSource } from '../helpers/controller-rig.ts';
import { fixedSources } from '../helpers/fixed-sources.ts';

const document = (name: string, spec: string) =>
  parseManifests('s.yaml', `apiVersion: clarity.runtime/v1\nkind: Source\nmetadata: {name: ${name}}\nspec: ${spec}\n`)
    .documents[0]?.document as SourceManifest;
const documents = (specs: Readonly<Record<string, string>>) =>
  new Map(Object.entries(specs).map(([name, spec]) => [name, document(name, spec)]));
const turned = () => new Promise((resolve) => setImmediate(resolve));

function rig() {
  const made: FakeSource[] = [];
  const told: string[] = [];
  const set = fixedSources([new FakeSource('flag')], (name, spec) => {
    if (spec.dir === 'bad') throw new Error('cannot be');
    const source = new FakeSource(spec.dir === '/w/flag' ? 'flag' : name, spec.git === undefined ? 'dir' : 'git');
    made.push(source);
    return source;
  });
  set.onChange((change: SourceChange) => {
    if ('removed' in change) told.push(`- ${change.removed.name}`);
    else told.push(`${change.replaces === undefined ? '+' : '~'} ${change.added.name}`);
  });
  const names = () => set.all().map(({ name }) => name);
  return { set, made, told, names };
}

it('follows Source documents: those of flags first, then these by name', async () => {
  const { set, told, names } = rig();
  set.declare(documents({ b: '{git: "https://x/y"}', a: '{dir: a}' }));
  expect(names()).toEqual(['flag']);
  await turned();
  expect(names()).toEqual(['flag', 'a', 'b']);
  set.declare(documents({ b: '{git: "https://x/y"}' }));
  await turned();
  expect(names()).toEqual(['flag', 'b']);
  expect(told.sort()).toEqual(['+ a', '+ b', '- a']);
  await set.close();
});

it('closes a source whose document says something else before it makes the new one, and tells of it as one step', async () => {
  const { set, made, told } = rig();
  set.declare(documents({ a: '{git: "https://x/y"}' }));
  await turned();
  set.declare(documents({ a: '{git: "https://x/y", interval: 60s}' }));
  await turned();
  expect(made).toHaveLength(1);
  set.declare(documents({ a: '{git: "https://x/z"}' }));
  await turned();
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(told).toEqual(['+ a', '~ a']);
  expect(set.get('a')).toBe(made[1]);
  await set.close();
  expect(made.every(({ isClosed }) => isClosed)).toBe(true);
});

it('leaves the name of a flag to the flag', async () => {
  const { set, made } = rig();
  set.declare(documents({ flag: '{dir: a}' }));
  await turned();
  expect(made).toEqual([]);
  await set.close();
});

it('shows what cannot be made as a source that says why', async () => {
  const { set } = rig();
  set.declare(documents({ a: '{dir: bad}', twin: '{dir: /w/flag}' }));
  await turned();
  const reasons = await Promise.all(
    set
      .all()
      .slice(1)
      .map((source) => source.refresh()),
  );
  expect(reasons.map(({ complete, condition }) => [complete, condition?.message])).toEqual([
    [false, 'cannot be'],
    [false, '/w/flag is read already, as source flag'],
  ]);
  await set.close();
});

it('remembers where the files of a source are that is gone', async () => {
  const { set } = rig();
  expect(set.workspaceOf('')).toBe('/w');
  expect(() => set.workspaceOf('a')).toThrow('there is no source a');
  set.declare(documents({ a: '{git: "https://x/y"}' }));
  await turned();
  set.declare(new Map());
  await turned();
  expect(set.workspaceOf('a')).toBe('/w/.clarity/sources/a/current');
  await set.close();
});
