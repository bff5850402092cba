import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/controller/entry.ts';
import type { CommitWish, HistoryEntry } from '../../src/reconcile/ports.ts';
import { restoreGeneration, type UndoDeps } from '../../src/runtime/undo.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { historyEntry, serviceRow } from '../helpers/service-row.ts';

const documented = (generation: number, says: string, revision = 'dir@sha256:0'): HistoryEntry => ({
  ...historyEntry('a', generation),
  revision,
  document: { kind: 'MCPService', metadata: { name: 'a' }, spec: { says } },
});

/** A service at its newest generation; the file says what that generation said. `refused`: unless it may be committed. */
function setting(history: readonly HistoryEntry[], refused = false) {
  const row = serviceRow('a', history.at(-1)?.generation);
  const now = JSON.stringify(history.at(-1)?.document?.spec);
  const written: string[] = [];
  const wishes: CommitWish[] = [];
  const deps = {
    store: { history: () => history },
    writer: {
      restore: ({ then, dryRun, commit }: Parameters<UndoDeps['writer']['restore']>[0]) => {
        if (!dryRun && commit) wishes.push(commit);
        if (!dryRun && refused && commit === undefined)
          return Promise.reject(new ClarityError('Conflict', 'a lives in git', { data: { patch: 'p' } }));
        const outcome = JSON.stringify(then.spec) === now ? 'unchanged' : 'configured';
        if (!dryRun && outcome === 'configured') written.push(JSON.stringify(then.spec));
        return Promise.resolve({ outcome, file: 'f', source: 's', contentHash: 'c', patch: 'p' });
      },
    },
    plan: () => Promise.resolve({ actions: ['restart a'] }),
  } as unknown as UndoDeps;
  const undo = (to?: number, dryRun = false, commit?: CommitWish) =>
    restoreGeneration(deps, { row } as Entry, {
      dryRun,
      ...(to === undefined ? {} : { to }),
      ...(commit && { commit }),
    });
  return { undo, written, wishes };
}

const commit = (digit: string) => `main@sha1:${digit.repeat(40)}`;
const inGit = [documented(1, 'x', commit('1')), documented(2, 'y', commit('2')), documented(3, 'z', commit('3'))];

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

  it('of a repository names the commits to revert, newest first, beside the patch', async () => {
    const { undo, written } = setting(inGit, true);
    const advice = `a lives in git; in its repository: git revert ${'3'.repeat(40)}`;
    await expect(undo()).rejects.toMatchObject({ code: 'Conflict', message: advice, data: { patch: 'p' } });
    await expect(undo(1)).rejects.toThrow(`${advice} ${'2'.repeat(40)}`);
    expect(written).toEqual([]);
    expect(await undo(1, true)).toMatchObject({ to: 1, patch: 'p' });
  });

  it('names none where a later generation was made elsewhere', async () => {
    const { undo } = setting([...inGit.slice(0, 2), documented(3, 'z')], true);
    await expect(undo(1)).rejects.toMatchObject({ message: 'a lives in git' });
  });

  it('with a commit writes to a repository too, and says what it is', async () => {
    const { undo, written, wishes } = setting(inGit, true);
    await undo(1, false, {});
    await undo(2, false, { message: 'Back to y' });
    expect(written).toEqual(['{"says":"x"}', '{"says":"y"}']);
    expect(wishes).toEqual([{ message: 'Roll a back to generation 1' }, { message: 'Back to y' }]);
  });
});
