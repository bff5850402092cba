import { expect, it } from 'vitest';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const HEAD = 'apiVersion: clarity.runtime/v1\nkind: Toolset\nmetadata: {name: reading}\n';
const reading = `${HEAD}spec: {services: [a, team=docs], tools: {deny: ["*__rm"]}}\n`;
const labelled = (name: string, team: string) => service(name, '', `, labels: {team: ${team}}`);

it('a toolset follows its document, the labels and the services, and tells only what changed', async () => {
  const rig = await ControllerRig.start({
    a: service('a'),
    b: labelled('b', 'docs'),
    c: labelled('c', 'code'),
    reading,
  });
  const { view } = rig.controller;
  const told: string[] = [];
  view.onToolset((name) => told.push(name));
  const members = () => [...(view.toolset('reading')?.members ?? [])].sort();
  expect(members()).toEqual(['a', 'b']);
  expect(view.toolset('reading')).toMatchObject({ name: 'reading', mode: 'list', tools: { deny: ['*__rm'] } });

  rig.source.set({ c: labelled('c', 'docs') });
  expect(members()).toEqual(['a', 'b', 'c']);
  expect(told).toEqual(['reading']);
  rig.source.set({ d: labelled('d', 'code') });
  rig.source.report();
  expect(told).toEqual(['reading']);
  rig.source.set({ reading: reading.replace('team=docs', 'team=code').replace('}}', '}, mode: search}') });
  expect(members()).toEqual(['a', 'd']);
  expect(view.toolset('reading')?.mode).toBe('search');
  expect(told).toEqual(['reading', 'reading']);
});

it('a toolset is not gone while its source cannot be read completely, and of two that claim its name neither is taken', async () => {
  const rig = await ControllerRig.start({ a: service('a'), reading });
  const { view } = rig.controller;
  rig.source.over = { complete: false };
  rig.source.set({ reading: undefined });
  expect(view.toolset('reading')?.members).toEqual(new Set(['a']));
  rig.source.over = {};
  rig.source.set({ reading, rival: reading.replace('deny', 'allow') });
  expect(view.toolset('reading')?.tools).toEqual({ deny: ['*__rm'] });
  expect(rig.controller.fleet.toolsets.get('reading')?.stale?.reason).toBe('Conflict');
  rig.source.set({ reading: undefined, rival: undefined });
  expect(view.toolset('reading')).toBeUndefined();
});
