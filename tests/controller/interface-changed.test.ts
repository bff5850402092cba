import { describe, expect, it } from 'vitest';
import { announceInterface } from '../../src/controller/announce-interface.ts';
import type { EventSink, InterfaceSnapshot } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

type News = Parameters<EventSink['emit']>[0];

const snapshot = (tools: readonly JsonObject[], revision: string): InterfaceSnapshot => ({
  revision,
  introspectedAtMs: 0,
  protocolVersion: '2025-11-25',
  capabilities: {},
  serverInfo: {},
  tools,
  resources: [],
  resourceTemplates: [],
  prompts: [],
});

function said(before: readonly JsonObject[], after: readonly JsonObject[]): News | undefined {
  const events: News[] = [];
  announceInterface({ emit: (event) => events.push(event) }, 'a', snapshot(before, '1'), snapshot(after, '2'));
  return events[0];
}

describe('service.interface_changed', () => {
  it('is said when the lists are read anew and differ, not of the first reading; interface_refreshed stays', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    const changed = () => rig.events.filter(({ kind }) => kind === 'service.interface_changed');
    expect(changed()).toEqual([]);
    rig.driver.of('a').tools = ['more'];
    rig.driver.listChanged('a');
    await rig.run(2000);
    expect(changed()).toMatchObject([
      {
        level: 'warn',
        identity: 'a',
        reason: 'InterfaceChanged',
        message: 'a: tools removed: echo; tools added: more',
        data: { tools: { added: ['more'], removed: ['echo'], changed: [] }, prompts: { added: [] } },
      },
    ]);
    expect(rig.events.filter(({ kind }) => kind === 'service.interface_refreshed')).toHaveLength(2);
  });

  it('is said of a new generation that advertises something else', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    rig.driver.of('a').tools = ['echo', 'more'];
    rig.source.set({
      a: service('a', '  stopGraceSeconds: 1\n', ', annotations: {clarity.runtime/restartedAt: "2030"}'),
    });
    await rig.run(5000);
    const [event] = rig.events.filter(({ kind }) => kind === 'service.interface_changed');
    expect(event).toMatchObject({ level: 'info', message: 'a: tools added: more' });
  });

  it('warns of what is breaking, and of nothing else', () => {
    const tool = (required: readonly string[], description = '') => ({
      name: 't',
      description,
      inputSchema: { required },
    });
    const info = { level: 'info', message: 'a: tools changed: t (in words)' };
    expect(said([tool([])], [tool([], 'b')])).toMatchObject(info);
    expect(said([tool([])], [tool(['n'])])).toMatchObject({
      level: 'warn',
      message: 'a: tools changed: t (breaking: required parameter `n` added)',
      data: { tools: { changed: [{ name: 't', level: 'breaking', why: ['required parameter `n` added'] }] } },
    });
    expect(said([{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }])).toBeUndefined();
  });

  it('is bounded, whatever the names', () => {
    const event = said(
      [],
      Array.from({ length: 1000 }, (_, i) => ({ name: `${String(i)}\u001b[2J${'x'.repeat(10_000)}` })),
    );
    expect(event?.message.length).toBeLessThanOrEqual(1000);
    expect(JSON.stringify(event).length).toBeLessThan(5000);
    expect(event?.message).not.toContain('\u001b');
    expect(event?.data).toMatchObject({ tools: { omitted: 980 } });
  });
});
