import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { Database } from '../../src/store/database.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { serviceRow } from '../helpers/service-row.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

async function filledState(): Promise<string> {
  const stateDir = tempFolder();
  const store = openStore({ stateDir, clock: new FakeClock(), logger: collectingLogger().logger });
  await Promise.all(Array.from({ length: 50 }, (_, n) => store.status.saveService(serviceRow(`svc-${String(n)}`))));
  store.close();
  return stateDir;
}

const damage: Record<string, (path: string) => void> = {
  'other text': (path) => writeFileSync(path, 'this was never a database\n'.repeat(400)),
  'a missing end': (path) => truncateSync(path, 5000),
  'overwritten pages': (path) => writeFileSync(path, readFileSync(path).fill(0x5a, 4096)),
};

describe('a damaged database', () => {
  it.each(Object.entries(damage))('with %s is moved aside and a fresh one begins', async (_, hurt) => {
    const stateDir = await filledState();
    const path = join(stateDir, 'clarity.db');
    hurt(path);
    const hurtBytes = readFileSync(path);

    const { logger, lines } = collectingLogger();
    const store = openStore({ stateDir, clock: new FakeClock(1234), logger });
    expect(store.status.loadServices()).toEqual([]);
    await store.status.saveService(serviceRow('fresh'));
    expect(store.writable()).toBe(true);
    store.close();

    expect(readdirSync(stateDir)).toContain('clarity.db.corrupt-1234');
    expect(readFileSync(`${path}.corrupt-1234`)).toEqual(hurtBytes);
    expect(lines).toMatchObject([{ level: 'error', path, aside: `${path}.corrupt-1234` }]);
    const again = openStore({ stateDir, clock: new FakeClock(), logger });
    expect(again.status.loadServices()).toHaveLength(1);
    again.close();
  });

  it('leaves a bad row out and keeps the others', async () => {
    const stateDir = await filledState();
    const db = new Database(join(stateDir, 'clarity.db'));
    db.exec(
      `UPDATE services SET row = '{' WHERE identity = 'svc-1'; UPDATE services SET row = '{}' WHERE identity = 'svc-2'`,
    );
    db.close();
    const { logger, lines } = collectingLogger();
    const store = openStore({ stateDir, clock: new FakeClock(), logger });
    expect(store.status.loadServices()).toHaveLength(48);
    expect(lines).toHaveLength(2);
    store.close();
  });
});

describe('a database of a newer version', () => {
  it('is refused, and stays as it is', async () => {
    const stateDir = await filledState();
    const path = join(stateDir, 'clarity.db');
    const db = new Database(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const { logger } = collectingLogger();
    const open = () => openStore({ stateDir, clock: new FakeClock(), logger });
    expect(open).toThrow(
      expect.objectContaining({ code: 'StateUnusable', message: expect.stringContaining('newer version') }),
    );
    expect(readdirSync(stateDir).filter((name) => name.includes('corrupt'))).toEqual([]);
  });
});
