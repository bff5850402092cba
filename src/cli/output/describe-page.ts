import { formatDuration } from '../../shared/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { oneLine, printable } from '../../shared/text.ts';
import type { EventItem, HistoryItem, LogItem, ServiceRecord } from '../../wire/types.ts';
import { renderFinding } from './diagnostics.ts';
import { eventColumns } from './event-table.ts';
import type { Paint } from './paint.ts';
import { paintWord } from './service-table.ts';
import { renderTable, type Column } from './table.ts';

/** What one page of `describe` is made of. */
export interface DescribeInput {
  readonly record: ServiceRecord;
  readonly history: readonly HistoryItem[];
  readonly events: readonly EventItem[];
  readonly logs: readonly LogItem[];
}

type Fact = readonly [label: string, value: string];

/** The human page of one service, the same on a terminal and in a pipe (surfaces.md, describe), without a line feed at the end. */
export function renderDescribePage(input: DescribeInput, paint: Paint): string {
  const { record, history, events, logs } = input;
  const sections = [
    renderFacts(headFacts(record), paint),
    section('Spec', renderFacts(specFacts(record), paint), paint),
    section('Plan', planText(record), paint),
    section('Conditions', conditionsText(record, paint), paint),
    section('Last exit', lastExitText(record), paint),
    section('Diagnostics', record.diagnostics.map((item) => renderFinding(item, paint)).join('\n\n'), paint),
    section('Interface', interfaceText(record), paint),
    section('History', history.length === 0 ? '' : renderTable(historyColumns, history), paint),
    section('Events', events.length === 0 ? '' : renderTable(eventColumns(paint), events), paint),
    section('Logs', logs.map(({ at, stream, text }) => oneLine(`${at} ${stream} ${text}`, 2000)).join('\n'), paint),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, body: string, paint: Paint): string {
  if (body === '') return '';
  return [paint.bold(`${title}:`), ...body.split('\n').map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

function renderFacts(facts: readonly Fact[], paint: Paint): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts.map(([label, value]) => paint.dim(`${label}:`.padEnd(width)) + printable(value)).join('\n');
}

function headFacts({ manifest, ...record }: ServiceRecord): readonly Fact[] {
  const metadata = objectOf(manifest.metadata);
  const { status, runtime, origin } = record;
  return [
    ['Name', record.name],
    ['Service id', textOf(metadata.serviceId)],
    ['Display name', textOf(metadata.displayName)],
    ['Labels', pairs(metadata.labels)],
    ['Annotations', pairs(metadata.annotations)],
    ['Source', `${origin.file}:${String(origin.line)} (${origin.source})`],
    ['Revision', record.revision],
    ['Generation', `${String(record.generation)}, observed ${String(record.observedGeneration)}`],
    ['Sync', record.sync],
    ['Ready', record.ready],
    ['Health', status.health],
    ['Lifecycle', runtime.lifecycle],
    ['Process', processText(record)],
    ['Restarts', String(status.restarts)],
    ['Age', formatDuration(status.ageSeconds * 1000)],
  ];
}

function processText({ status }: Pick<ServiceRecord, 'status'>): string {
  if (status.pid === undefined) return '-';
  return `pid ${String(status.pid)}${status.startedAt === undefined ? '' : `, since ${status.startedAt}`}`;
}

const ORIGIN_FIELDS = [
  ['Endpoint', 'endpoint'],
  ['Transport', 'transport'],
  ['Wasm', 'wasmPath'],
  ['Folder', 'cwd'],
] as const;

function specFacts({ manifest }: ServiceRecord): readonly Fact[] {
  const spec = objectOf(manifest.spec);
  const origin = objectOf(spec.origin);
  const restart = objectOf(spec.restartPolicy);
  const command = [origin.command, ...listOf(origin.args)].map(textOf).join(' ');
  return [
    ['Driver', textOf(origin.type)],
    ...(origin.command === undefined ? [] : [['Command', command] as const]),
    ...ORIGIN_FIELDS.flatMap(([label, key]): Fact[] =>
      origin[key] === undefined ? [] : [[label, textOf(origin[key])]],
    ),
    ['Namespace', textOf(spec.toolNamespace)],
    ['Enabled', `${textOf(spec.enabled)}, autostart ${textOf(spec.autostart)}, suspend ${textOf(spec.suspend)}`],
    ['Restart', `${textOf(restart.mode)}, ${textOf(restart.maxRestarts)} in ${textOf(restart.windowSeconds)}s`],
    ['Depends on', listOf(spec.dependsOn).map(textOf).join(', ') || '-'],
    ['Policy', textOf(spec.policyRef)],
  ];
}

function planText({ plan, status }: ServiceRecord): string {
  const when = plan.at ?? status.nextAttemptAt;
  return [
    printable(`${plan.kind} (${plan.reason}): ${plan.message}`),
    ...plan.actions.map((action) => printable(`next: ${action}`)),
    ...(when === undefined ? [] : [`at:   ${when}`]),
  ].join('\n');
}

/** Whole messages: a spawn error or a cycle's path is never cut. */
function conditionsText({ status }: ServiceRecord, paint: Paint): string {
  return status.conditions
    .map(({ type, status: value, reason, message, lastTransitionTime, observedGeneration }) => {
      const since = `since ${lastTransitionTime}, generation ${String(observedGeneration)}`;
      const head = `${type.padEnd(11)} ${paintWord(value.padEnd(7), paint)} ${reason}  ${paint.dim(since)}`;
      return [head, ...indented(message)].join('\n');
    })
    .join('\n');
}

function lastExitText({ status: { lastExit } }: ServiceRecord): string {
  if (lastExit === undefined) return '';
  const how = lastExit.signal === null ? `code ${String(lastExit.code ?? '-')}` : `signal ${lastExit.signal}`;
  return [
    `${how} at ${lastExit.at}`,
    ...(lastExit.message === undefined ? [] : [printable(lastExit.message)]),
    ...(lastExit.stderrTail.length === 0 ? [] : ['stderr:', ...lastExit.stderrTail.flatMap(indented)]),
  ].join('\n');
}

function interfaceText({ interfaceSnapshot }: ServiceRecord): string {
  if (interfaceSnapshot === undefined) return '';
  const { interfaceRevision, introspectedAt } = interfaceSnapshot;
  const namesOf = (list: Json | undefined) =>
    listOf(list).map((item) => textOf(objectOf(item).name ?? objectOf(item).uri));
  return [
    `${textOf(interfaceRevision)}, read ${textOf(introspectedAt)}`,
    ...['tools', 'resources', 'resourceTemplates', 'prompts'].flatMap((kind) => {
      const names = namesOf(interfaceSnapshot[kind]);
      return names.length === 0 ? [] : [printable(`${kind} (${String(names.length)}): ${names.join(', ')}`)];
    }),
  ].join('\n');
}

const historyColumns: readonly Column<HistoryItem>[] = [
  { title: 'GENERATION', value: (item) => String(item.generation) },
  { title: 'AT', value: (item) => item.at },
  { title: 'WHO', value: (item) => (item.who === '' ? '(by hand)' : item.who) },
  { title: 'OUTCOME', value: (item) => item.outcome },
  { title: 'REVISION', value: (item) => item.revision },
  { title: 'WHAT', value: (item) => item.what },
];

function indented(text: string): readonly string[] {
  return text === ''
    ? []
    : printable(text)
        .split('\n')
        .map((line) => `  ${line}`);
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function pairs(value: Json | undefined): string {
  const entries = Object.entries(objectOf(value)).map(([key, member]) => `${key}=${textOf(member)}`);
  return entries.length === 0 ? '-' : entries.join(', ');
}
