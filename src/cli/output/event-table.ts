import { firstLine } from '../../shared/text.ts';
import type { EventItem } from '../../wire/types.ts';
import { ageOf, toSeconds } from './moment.ts';
import type { Paint } from './paint.ts';
import type { Column } from './table.ts';

/** Which columns of `events` are wanted. */
export interface EventView {
  readonly paint: Paint;
  /** Milliseconds now, for the age; absent where events are printed as they happen. */
  readonly now?: number;
  /** All are of one service: it is not named in each row. */
  readonly ofOne?: boolean;
}

/** The columns of `events`; the message is last, so that it is never cut by another. */
export function eventColumns({ paint, now, ofOne = false }: EventView): readonly Column<EventItem>[] {
  const byLevel = (text: string, { level }: EventItem) =>
    level === 'error' ? paint.red(text) : level === 'warn' ? paint.yellow(text) : text;
  const columns: readonly (Column<EventItem> | undefined)[] = [
    now === undefined ? undefined : { title: 'AGE', minWidth: 3, value: ({ at }) => ageOf(at, now) },
    { title: 'AT', minWidth: 20, value: ({ at }) => toSeconds(at) },
    { title: 'LEVEL', minWidth: 5, value: (item) => item.level, paint: byLevel },
    ofOne ? undefined : { title: 'SERVICE', minWidth: 12, value: (item) => item.name ?? item.serviceId ?? '-' },
    { title: 'KIND', minWidth: 24, value: (item) => item.kind },
    {
      title: 'MESSAGE',
      value: (item) => {
        const times = item.count === undefined ? '' : ` (${String(item.count)} times)`;
        return `${item.reason === undefined ? '' : `${item.reason}: `}${firstLine(item.message)}${times}`;
      },
    },
  ];
  return columns.filter((column) => column !== undefined);
}
