import type { Commit, Writing } from '../reconcile/ports.ts';
import type { Committed } from '../wire/answers.ts';
import type { CommitBody, CommitQuery } from '../wire/requests.ts';

/** Whether and how a caller wants a change committed; the body counts before the query. */
export function writingOf({ commit: wish }: CommitBody, { commit: flag }: CommitQuery): Writing {
  const wanted = wish ?? (flag === '1' || flag === 'true');
  if (wanted === false) return {};
  return { commit: wanted === true ? {} : wanted };
}

/** `commit` of an answer. */
export function presentCommitted(commit: Commit | undefined): Committed {
  if (commit === undefined) return {};
  const { sha, author, subject, atMs } = commit;
  return { commit: { sha, author, subject, at: new Date(atMs).toISOString() } };
}
