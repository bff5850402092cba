import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { historyEntry, serviceRow } from '../helpers/service-row.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const SNAPSHOT = {
  revision: 'iface_1',
  introspectedAtMs: 1,
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 's' },
  tools: [{ name: 't' }],
  resources: [],
  resourceTemplates: [],
  prompts: [],
};

const open = (stateDir: string) => openStore({ stateDir, clock: new FakeClock(), logger: collectingLogger().logger });

describe('the store over a restart', () => {
  it('keeps the newest row of each service', async () => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    await Promise.all([
      first.status.saveService(serviceRow('b')),
      first.status.saveService(serviceRow('a', 1)),
      first.status.saveService(serviceRow('a', 2)),
      first.status.saveService(serviceRow('gone')),
      first.status.forgetService('gone'),
    ]);
    first.close();
    const second = open(stateDir);
    expect(second.status.loadServices()).toEqual([serviceRow('a', 2), serviceRow('b')]);
    second.close();
  });

  it('keeps the newest 10 entries of a service’s history, oldest first, until it is forgotten', async () => {
    const store = open(tempFolder());
    for (let generation = 1; generation <= 25; generation++)
      void store.status.addHistory(historyEntry('a', generation));
    await store.status.addHistory(historyEntry('b', 1));
    const generations = (identity: string) => store.status.history(identity).map(({ generation }) => generation);
    expect(generations('a')).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    await store.status.settleHistory('a', 24, 'Serving');
    expect(
      store.status
        .history('a')
        .map(({ outcome }) => outcome)
        .slice(-3),
    ).toEqual(['Ready', 'Serving', 'Ready']);
    await store.status.forgetService('a');
    expect([generations('a'), generations('b')]).toEqual([[], [1]]);
    store.close();
  });

  it('keeps documents beside the entries, over a restart; a generation that never settled is superseded', async () => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    const document = { kind: 'MCPService', spec: { env: [{ name: 'A', value: 'ü' }] } };
    await first.status.saveService(serviceRow('a'));
    void first.status.addHistory(historyEntry('a', 1));
    void first.status.addHistory({ ...historyEntry('a', 2), document, outcome: 'Pending' });
    void first.status.addHistory({ ...historyEntry('a', 3), document, outcome: 'Pending' });
    await first.status.addHistory(historyEntry('left over', 1));
    first.close();
    const second = open(stateDir);
    expect(second.status.history('a')).toEqual([
      historyEntry('a', 1),
      { ...historyEntry('a', 2), document, outcome: 'Superseded' },
      { ...historyEntry('a', 3), document, outcome: 'Pending' },
    ]);
    expect(second.status.history('left over')).toEqual([]);
    second.close();
  });

  it('keeps the interface of each service until it is forgotten, and none of more than 1 MiB', async () => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    const kept = (text: string) => ({ runHash: 'r', snapshot: { ...SNAPSHOT, instructions: text } });
    await Promise.all(['a', 'gone', 'large'].map((name) => first.status.saveService(serviceRow(name))));
    await Promise.all([
      ...['a', 'gone', 'large', 'no service'].map((name) => first.status.saveInterface(name, kept('old'))),
      first.status.saveInterface('a', kept('new: ü')),
      first.status.saveInterface('large', kept('x'.repeat(1024 * 1024))),
      first.status.forgetService('gone'),
    ]);
    first.close();
    const second = open(stateDir);
    expect(second.status.loadServices()).toHaveLength(2);
    const found = ['a', 'gone', 'large', 'no service'].map((name) => second.status.loadInterface(name));
    expect(found).toEqual([kept('new: ü'), undefined, undefined, undefined]);
    second.close();
  });

  it('keeps the last good text of each file of each source', () => {
    const stateDir = tempFolder();
    const first = open(stateDir);
    first.lastGood.save('one', 'a.yaml', 'old');
    first.lastGood.save('one', 'a.yaml', 'new: ü\n');
    first.lastGood.save('one', 'b.yaml', 'b');
    first.lastGood.save('two', 'a.yaml', 'two');
    first.lastGood.forget('one', 'b.yaml');
    expect(first.lastGood.load('one')).toEqual([{ file: 'a.yaml', text: 'new: ü\n' }]);
    first.close();
    const second = open(stateDir);
    expect(second.lastGood.load('two')).toEqual([{ file: 'a.yaml', text: 'two' }]);
    expect(second.lastGood.load('none')).toEqual([]);
    second.close();
  });

  it('is writable while it is open; closing twice is harmless', () => {
    const store = open(tempFolder());
    expect(store.writable()).toBe(true);
    store.close();
    store.close();
    expect(store.writable()).toBe(false);
  });
});
