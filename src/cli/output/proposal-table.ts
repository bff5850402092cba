import type { ProposalItem } from '../../wire/types.ts';
import { ageOf } from './moment.ts';
import type { Paint } from './paint.ts';
import type { Column } from './table.ts';

/** The columns of `proposals`; `now` in milliseconds. */
export function proposalColumns(paint: Paint, now: number, wide: boolean): readonly Column<ProposalItem>[] {
  return [
    { title: 'ID', value: ({ id }) => id },
    { title: 'STATE', value: ({ state }) => state, paint: (text, { state }) => paintState(text, state, paint) },
    { title: 'WHO', value: ({ by }) => by },
    ...(wide ? [{ title: 'TOOL', value: ({ tool }: ProposalItem) => tool }] : []),
    { title: 'AGE', value: ({ createdAt }) => ageOf(createdAt, now) },
    { title: 'CHANGE', value: changeOf },
  ];
}

/** What it would do, in one line: `create MCPService files, remove MCPService old`. */
export function changeOf({ documents }: Pick<ProposalItem, 'documents'>): string {
  return documents.map(({ kind, name, outcome }) => `${VERBS[outcome]} ${kind} ${name}`).join(', ');
}

/** What waits stands out; what came to nothing is quiet. */
export function paintState(text: string, state: ProposalItem['state'], paint: Paint): string {
  if (state === 'waiting') return paint.yellow(text);
  if (state === 'approved') return paint.green(text);
  return state === 'failed' ? paint.red(text) : paint.dim(text);
}

const VERBS: Readonly<Record<ProposalItem['documents'][number]['outcome'], string>> = {
  created: 'create',
  configured: 'change',
  unchanged: 'leave',
  removed: 'remove',
  conflict: 'conflict with',
  invalid: 'invalid',
};
