import type { EventItem } from '../../wire/types.ts';
import type { Paint } from './paint.ts';
import type { Column } from './table.ts';

/** The columns of `events`; the message is last, so that it is never cut by another. */
export function eventColumns(paint: Paint): readonly Column<EventItem>[] {
  const byLevel = (text: string, { level }: EventItem) =>
    level === 'error' ? paint.red(text) : level === 'warn' ? paint.yellow(text) : text;
  return [
    { title: 'AT', minWidth: 24, value: (item) => item.at },
    { title: 'LEVEL', minWidth: 5, value: (item) => item.level, paint: byLevel },
    { title: 'SERVICE', minWidth: 12, value: (item) => item.name ?? item.serviceId ?? '-' },
    { title: 'KIND', minWidth: 20, value: (item) => item.kind },
    {
      title: 'MESSAGE',
      value: (item) => (item.reason === undefined ? item.message : `${item.reason}: ${item.message}`),
    },
  ];
}
