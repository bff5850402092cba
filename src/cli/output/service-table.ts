import { findCondition, type Condition } from '../../shared/condition.ts';
import { formatDuration } from '../../shared/duration.ts';
import { firstLine } from '../../shared/text.ts';
import type { ServiceItem } from '../../wire/types.ts';
import type { Paint } from './paint.ts';
import type { Column } from './table.ts';

const MESSAGE_LENGTH = 300;

/** The columns of `get services` (reconcile-behaviour §1); wide adds where it comes from and what runs. */
export function serviceColumns(paint: Paint, wide: boolean): readonly Column<ServiceItem>[] {
  const byWord = (text: string) => paintWord(text, paint);
  return [
    { title: 'NAME', value: (item) => item.name },
    { title: 'DRIVER', value: (item) => item.originType },
    { title: 'SYNC', minWidth: 9, value: (item) => item.sync, paint: byWord },
    { title: 'READY', minWidth: 7, value: (item) => item.ready, paint: byWord },
    { title: 'HEALTH', minWidth: 11, value: (item) => item.status.health, paint: byWord },
    { title: 'RESTARTS', value: (item) => String(item.restartCount) },
    { title: 'REVISION', value: (item) => (wide ? item.revision : shortRevision(item.revision)) },
    { title: 'AGE', value: (item) => formatDuration(item.status.ageSeconds * 1000) },
    ...(wide ? wideColumns : []),
    { title: 'MESSAGE', value: (item) => cut(rowMessage(item), wide) },
  ];
}

const wideColumns: readonly Column<ServiceItem>[] = [
  { title: 'NAMESPACE', value: (item) => item.namespace },
  { title: 'GENERATION', value: (item) => `${String(item.observedGeneration)}/${String(item.generation)}` },
  { title: 'TOOLS', value: (item) => (item.interface === null ? '-' : String(item.interface.tools)) },
  { title: 'TOKENS', value: (item) => (item.listed === null ? '-' : String(item.listed.tokens)) },
  { title: 'PID', value: (item) => (item.status.pid === undefined ? '-' : String(item.status.pid)) },
  { title: 'FROM', value: (item) => `${item.origin.file}:${String(item.origin.line)}` },
];

/** The one sentence that matters now: what is stuck, then what is not in sync, then what is not ready, else why it is. */
export function serviceMessage(conditions: readonly Condition[]): string {
  const of = (type: Condition['type']) => findCondition(conditions, type);
  const [stalled, synced, ready] = [of('Stalled'), of('Synced'), of('Ready')];
  const telling = [
    stalled?.status === 'True' ? stalled : undefined,
    synced?.status === 'False' ? synced : undefined,
    of('Reconciling'),
    ready,
  ].find((condition) => condition !== undefined);
  if (telling === undefined) return '';
  return telling.message === '' ? telling.reason : `${telling.reason}: ${firstLine(telling.message)}`;
}

/** What a service that is well serves, also where it sleeps until it is called; for any other, the sentence that matters. */
function rowMessage(item: ServiceItem): string {
  const {
    status: { conditions, health },
    interface: served,
    sync,
  } = item;
  if (health === 'Suspended' && sync === 'Synced' && item.ready === 'True') return 'suspended, and runs on as it is';
  const well = sync === 'Synced' && health === 'Healthy' && !conditions.some(({ type }) => type === 'Reconciling');
  if (!well || served === null) return serviceMessage(conditions);
  const kinds = (['tool', 'resource', 'prompt'] as const).map((kind) => ({ kind, count: served[`${kind}s`] }));
  const shown = kinds.filter(({ kind, count }) => kind === 'tool' || count > 0);
  const words = shown.map(({ kind, count }) => `${String(count)} ${kind}${count === 1 ? '' : 's'}`).join(', ');
  return isAsleep(item) ? `asleep; ${words}` : words;
}

/** A service with activation onDemand that nobody calls now: Ready, without a process. */
export function isAsleep({ status: { conditions } }: Pick<ServiceItem, 'status'>): boolean {
  return conditions.some(({ type, status, reason }) => type === 'Ready' && status === 'True' && reason === 'Idle');
}

/** `dir@0123abcd`, `main@0123abcd`: what it is of and eight digits, enough to compare by eye. */
export function shortRevision(revision: string): string {
  return revision.replace(/@sha(?:1|256):([0-9a-f]{8})[0-9a-f]+$/, '@$1');
}

/** Green for what is well, red for what is not, yellow for what may become either. */
export function paintWord(text: string, paint: Paint): string {
  const word = text.trim();
  if (['True', 'Synced', 'Healthy'].includes(word)) return paint.green(text);
  if (['False', 'OutOfSync', 'Degraded', 'Missing'].includes(word)) return paint.red(text);
  return ['Unknown', 'Progressing', 'Suspended'].includes(word) ? paint.yellow(text) : text;
}

function cut(text: string, wide: boolean): string {
  const flat = text.replace(/\s+/g, ' ');
  return wide || flat.length <= MESSAGE_LENGTH ? flat : `${flat.slice(0, MESSAGE_LENGTH - 1)}…`;
}
