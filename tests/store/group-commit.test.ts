import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BatchWriter } from '../../src/store/batch-writer.ts';
import { Database } from '../../src/store/database.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** A table, and how many transactions it has seen. */
function setUp() {
  const db = new Database(join(tempFolder(), 'test.db'));
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)');
  const insert = db.prepare('INSERT INTO t VALUES (?)');
  let commits = 0;
  const counting = Object.assign(Object.create(db) as Database, {
    transaction(work: () => void) {
      commits += 1;
      db.transaction(work);
    },
  });
  const writer = new BatchWriter(counting);
  const stored = () =>
    db
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map(({ n }) => n);
  return { writer, stored, commits: () => commits, insert: (n: number) => writer.write(() => insert.run(n)) };
}

/** Longer than a turn of the event loop gives to one transaction. */
function takeLong(): void {
  const end = performance.now() + 20;
  while (performance.now() < end);
}

describe('group commit', () => {
  it('puts the writes of one turn into one transaction and acknowledges each after it', async () => {
    const { insert, stored, commits } = setUp();
    const seen = [1, 2, 3].map((n) => insert(n).then(() => stored()));
    expect(stored()).toEqual([]);
    expect(await Promise.all(seen)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(commits()).toBe(1);
  });

  it('leaves what one turn has no time for to the next', async () => {
    const { writer, insert, stored, commits } = setUp();
    const long = writer.write(takeLong);
    const next = insert(1);
    await long;
    expect(stored()).toEqual([]);
    await next;
    expect([stored(), commits()]).toEqual([[1], 2]);
  });

  it('commits all that is pending before a read, however long it takes', async () => {
    const { writer, insert, stored } = setUp();
    const writes = [writer.write(takeLong), insert(1)];
    writer.flush();
    expect(stored()).toEqual([1]);
    await Promise.all(writes);
  });

  it('rejects the bad write alone', async () => {
    const { insert, stored } = setUp();
    const results = await Promise.allSettled([insert(1), insert(1), insert(2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual([1, 2]);
  });

  it('commits within the turn when there are too many to wait', async () => {
    const { insert, stored } = setUp();
    const writes = Array.from({ length: 2500 }, (_, n) => insert(n));
    expect(stored()).toHaveLength(2000);
    await Promise.all(writes);
    expect(stored()).toHaveLength(2500);
  });

  it('commits what is pending when it closes, and refuses what comes after', async () => {
    const { writer, insert, stored } = setUp();
    const last = insert(1);
    writer.close();
    await last;
    await expect(insert(2)).rejects.toMatchObject({ code: 'NotReady' });
    expect(stored()).toEqual([1]);
  });

  it('acknowledges in the order of the writes, also where an acknowledgement writes and flushes', () => {
    const { writer } = setUp();
    const order: number[] = [];
    const enqueue = (n: number, then?: () => void) =>
      writer.enqueue(
        () => undefined,
        () => {
          order.push(n);
          then?.();
        },
      );
    enqueue(1, () => {
      enqueue(4);
      writer.flush();
    });
    enqueue(2);
    enqueue(3);
    writer.flush();
    expect(order).toEqual([1, 2, 3, 4]);
  });
});
