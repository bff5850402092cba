import type { SourceItem } from '../../wire/types.ts';
import { moment } from './moment.ts';

/** What a page tells of the commit that a source is at; `now` in milliseconds. */
export function commitFacts(source: SourceItem | undefined, now: number): readonly (readonly [string, string])[] {
  const { commit, verified } = source ?? {};
  return [
    ...(commit === undefined
      ? []
      : [['Commit', `${commit.subject} (${commit.author}, ${moment(commit.at, now)})`] as const]),
    ...(verified === undefined
      ? []
      : [['Verified', `${verified.status} (${verified.reason}): ${verified.message}`] as const]),
  ];
}
