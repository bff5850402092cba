import { firstLine, oneLine } from '../../shared/text.ts';
import type { ServiceTrace } from '../service-trace.ts';
import { writerName } from './history-table.ts';
import { moment } from './moment.ts';
import type { Paint } from './paint.ts';

const MAX_LINE = 2000;

/** A trace as one line a step, from the file down; `now` in milliseconds. */
export function renderTrace(trace: ServiceTrace, paint: Paint, now: number): string {
  const { document, plan, process, interface: read } = trace;
  const steps: readonly (readonly [label: string, text: string])[] = [
    ['Document', `${document.file}:${String(document.line)} (source ${document.source})`],
    ...repositorySteps(trace),
    ['Revision', revisionText(trace)],
    ['Written by', writerName(trace.who)],
    ['Generation', generationText(trace, now)],
    ['Plan', [`${plan.kind} (${plan.reason}): ${firstLine(plan.message)}`, ...plan.actions].join('; next: ')],
    ['Process', process === null ? 'none runs' : processText(process, now)],
    ['Interface', read === null ? 'never read' : `${read.revision}, read ${moment(read.introspectedAt, now)}`],
  ];
  const width = Math.max(...steps.map(([label]) => label.length)) + 2;
  const lines = steps.map(([label, text]) => paint.dim(`${label}:`.padEnd(width)) + oneLine(text, MAX_LINE));
  return [paint.bold(`service ${oneLine(trace.name)}`), ...lines].join('\n');
}

function repositorySteps({ source }: ServiceTrace): readonly (readonly [label: string, text: string])[] {
  if (source?.kind !== 'git') return [];
  const { path, ready, reason, message, verified } = source;
  const trouble = ready === 'True' ? '' : `, ${reason}: ${firstLine(message)}`;
  const signed = verified === undefined ? '' : `, SourceVerified=${verified.status}: ${firstLine(verified.message)}`;
  return [['Repository', path + trouble + signed]];
}

function revisionText({ commit, commitBy, revision }: ServiceTrace): string {
  if (commit === undefined) return revision;
  return `commit ${commit} (${revision})${commitBy === undefined ? '' : `: ${commitBy.subject} (${commitBy.author})`}`;
}

function generationText(
  { generation: { generation, observedGeneration, at, what, outcome } }: ServiceTrace,
  now: number,
) {
  const observed = observedGeneration === generation ? '' : `, observed ${String(observedGeneration)}`;
  const told = at === undefined ? '' : `, applied ${moment(at, now)}, ${outcome ?? ''}: ${what ?? ''}`;
  return `${String(generation)}${observed}${told}`;
}

function processText({ pid, startedAt, restarts }: NonNullable<ServiceTrace['process']>, now: number): string {
  const which = pid === undefined ? 'no process of its own' : `pid ${String(pid)}`;
  return `${which}, since ${moment(startedAt, now)}, ${String(restarts)} restart${restarts === 1 ? '' : 's'}`;
}
