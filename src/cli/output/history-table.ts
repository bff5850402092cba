import { oneLine } from '../../shared/text.ts';
import type { HistoryItem } from '../../wire/types.ts';
import { moment, toSeconds } from './moment.ts';
import { shortRevision } from './service-table.ts';
import type { Column } from './table.ts';

/** The columns of `rollout history`; `now` in milliseconds. Wide shows revisions whole. */
export function historyColumns(now: number, wide: boolean): readonly Column<HistoryItem>[] {
  return [
    { title: 'REVISION', value: (item) => String(item.generation) },
    { title: 'WHEN', value: (item) => moment(item.at, now) },
    { title: 'WHO', value: (item) => writerName(item.who) },
    {
      title: 'SOURCE-REVISION',
      value: ({ revision }) => (revision === '' ? '-' : wide ? revision : shortRevision(revision)),
    },
    { title: 'OUTCOME', value: (item) => item.outcome },
    { title: 'WHAT', value: (item) => item.what },
  ];
}

/** Who wrote a document last: a tool, or a person, who leaves no name. */
export function writerName(who: string): string {
  return who === '' ? '(by hand)' : who;
}

/** One generation in one line. */
export function historyLine({ generation, at, who, outcome, what }: HistoryItem): string {
  return oneLine(`generation ${String(generation)}, ${toSeconds(at)}, ${writerName(who)}, ${outcome}: ${what}`, 500);
}
