import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/controller/entry.ts';
import type { HistoryEntry } from '../../src/reconcile/ports.ts';
import { restoreGeneration, type UndoDeps } from '../../src/runtime/undo.ts';
import { historyEntry, serviceRow } from '../helpers/service-row.ts';

const documented = (generation: number, says: string, revision = 'dir@sha256:0'): HistoryEntry => ({
  ...historyEntry('a', generation),
  revision,
  document: { kind: 'MCPService', metadata: { name: 'a' }, spec: { says } },
});

/** A service at its newest generation; the file says what that generation said. */
function setting(history: readonly HistoryEntry[], writable = true) {
  const row = serviceRow('a', history.at(-1)?.generation);
  const now = JSON.stringify(history.at(-1)?.document?.spec);
  const written: string[] = [];
  const deps = {
    store: { history: () => history },
    writer: {
      restore: ({ then, dryRun }: Parameters<UndoDeps['writer']['restore']>[0]) => {
        const outcome = JSON.stringify(then.spec) === now ? 'unchanged' : 'configured';
        if (!dryRun && outcome === 'configured') written.push(JSON.stringify(then.spec));
        return Promise.resolve({ outcome, file: 'f', source: 's', contentHash: 'c', patch: 'p' });
      },
    },
    isWritable: () => writable,
    plan: () => Promise.resolve({ actions: ['restart a'] }),
  } as unknown as UndoDeps;
  const undo = (to?: number, dryRun = false) =>
    restoreGeneration(deps, { row } as Entry, { dryRun, ...(to === undefined ? {} : { to }) });
  return { undo, written };
}

describe('undo', () => {
  it('goes back to the newest generation with another document: a restart is none', async () => {
    const { undo, written } = setting([documented(4, 'x'), documented(5, 'y'), documented(6, 'z'), documented(7, 'z')]);
    expect(await undo()).toMatchObject({ to: 5, actions: [] });
    expect(written).toEqual(['{"says":"y"}']);
  });

  it('goes back to the one that is named; a dry run only says what it would cause', async () => {
    const { undo, written } = setting([documented(4, 'x'), documented(5, 'y')]);
    expect(await undo(4, true)).toMatchObject({ to: 4, outcome: 'configured', patch: 'p', actions: ['restart a'] });
    expect(written).toEqual([]);
    expect(await undo(4)).toMatchObject({ to: 4 });
    expect(written).toEqual(['{"says":"x"}']);
  });

  it.each([
    ['one that is not there', 9, '"a" has no generation 9 in its history; there are 4, 5'],
    [
      'one without its document',
      3,
      'generation 3 of "a" was stored by an older version, without its document; there are 4, 5',
    ],
    ['where all are the same', undefined, '"a" has no earlier generation with another document'],
  ])('%s: not found', async (_, to, message) => {
    const { undo } = setting([historyEntry('a', 3), documented(4, 'y'), documented(5, 'y')]);
    await expect(undo(to)).rejects.toMatchObject({ code: 'NotFound', message: expect.stringContaining(message) });
  });

  it('of a repository names the commits to revert, newest first', async () => {
    const commit = (digit: string) => `main@sha1:${digit.repeat(40)}`;
    const history = [documented(1, 'x', commit('1')), documented(2, 'y', commit('2')), documented(3, 'z', commit('3'))];
    const { undo, written } = setting(history, false);
    const advice = `in its repository: git revert ${'3'.repeat(40)}`;
    await expect(undo()).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining(advice) });
    await expect(undo(1)).rejects.toThrow(`${advice} ${'2'.repeat(40)}`);
    expect(written).toEqual([]);
  });
});
