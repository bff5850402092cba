import { formatDuration } from '../../shared/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { oneLine, printable } from '../../shared/text.ts';
import type { EventItem, HistoryItem, LogItem, ServiceRecord, SourceItem } from '../../wire/types.ts';
import { renderFinding } from './diagnostics.ts';
import { eventColumns } from './event-table.ts';
import { writerName } from './history-table.ts';
import type { Paint } from './paint.ts';
import { commitFacts } from './commit-facts.ts';
import { ageOf, moment, toSeconds } from './moment.ts';
import { paintWord, shortRevision } from './service-table.ts';
import { renderTable, type Column } from './table.ts';
import { wrapText } from './wrap.ts';

/** What one page of `describe` is made of. */
export interface DescribeInput {
  readonly record: ServiceRecord;
  /** That its document is of; absent where the daemon does not know it any more. */
  readonly source?: SourceItem;
  readonly history: readonly HistoryItem[];
  readonly events: readonly EventItem[];
  readonly logs: readonly LogItem[];
}

/** How a page is shown. */
export interface PageView {
  readonly paint: Paint;
  /** Columns; Infinity: nothing is wrapped. */
  readonly width: number;
  /** Milliseconds; ages are counted from it. */
  readonly now: number;
}

const INDENT = '  ';

type Fact = readonly [label: string, value: string];

/** The human page of one service, the same on a terminal and in a pipe (surfaces.md, describe), without a line feed at the end. */
export function renderDescribePage(input: DescribeInput, { paint, width, now }: PageView): string {
  const { record, history, events, logs } = input;
  const inner = width - INDENT.length;
  const sections = [
    renderFacts(headFacts(record, input.source, now), paint),
    section('Spec', renderFacts(specFacts(record), paint), paint),
    section('Plan', planText(record, now), paint),
    section('Conditions', conditionsText(record, paint, now), paint),
    section('Last exit', lastExitText(record, now), paint),
    section('Diagnostics', record.diagnostics.map((item) => renderFinding(item, paint)).join('\n\n'), paint),
    section('Asks for', asksText(record, paint), paint),
    section('Interface', interfaceText(record, now), paint),
    section('History', history.length === 0 ? '' : renderTable(historyColumns(now), history, inner), paint),
    section(
      'Events',
      events.length === 0 ? '' : renderTable(eventColumns({ paint, now, ofOne: true }), events, inner),
      paint,
    ),
    section(
      'Logs',
      logs.map(({ at, stream, text }) => oneLine(`${toSeconds(at)} ${stream} ${text}`, 2000)).join('\n'),
      paint,
    ),
  ];
  return wrapText(sections.filter((text) => text !== '').join('\n\n'), width);
}

function section(title: string, body: string, paint: Paint): string {
  if (body === '') return '';
  return [paint.bold(`${title}:`), ...body.split('\n').map((line) => (line === '' ? '' : INDENT + line))].join('\n');
}

function renderFacts(facts: readonly Fact[], paint: Paint): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts.map(([label, value]) => paint.dim(`${label}:`.padEnd(width)) + printable(value)).join('\n');
}

function headFacts(
  { manifest, ...record }: ServiceRecord,
  source: SourceItem | undefined,
  now: number,
): readonly Fact[] {
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
    ...commitFacts(source, now),
    ['Generation', `${String(record.generation)}, observed ${String(record.observedGeneration)}`],
    ['Sync', record.sync],
    ['Ready', record.ready],
    ['Health', status.health],
    ['Lifecycle', runtime.lifecycle],
    ['Process', processText(record, now)],
    ['Restarts', String(status.restarts)],
    ['Age', formatDuration(status.ageSeconds * 1000)],
  ];
}

function processText({ status }: Pick<ServiceRecord, 'status'>, now: number): string {
  if (status.pid === undefined) return '-';
  return `pid ${String(status.pid)}${status.startedAt === undefined ? '' : `, since ${moment(status.startedAt, now)}`}`;
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
  const activation = objectOf(spec.activation);
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
    [
      'Activation',
      activation.mode === 'onDemand'
        ? `onDemand, asleep after ${textOf(activation.idleSeconds)}s without a call`
        : textOf(activation.mode),
    ],
    ['Drift', textOf(spec.drift)],
    ['Depends on', listOf(spec.dependsOn).map(textOf).join(', ') || '-'],
    ['Policy', textOf(spec.policyRef)],
  ];
}

function planText({ plan, status }: ServiceRecord, now: number): string {
  const when = plan.at ?? status.nextAttemptAt;
  // A reason that is a condition's too is told whole there.
  const told = status.conditions.some(({ message }) => message === plan.message);
  return [
    printable(`${plan.kind} (${plan.reason})${told ? '' : `: ${plan.message}`}`),
    ...plan.actions.map((action) => printable(`next: ${action}`)),
    ...(when === undefined ? [] : [`next look: ${moment(when, now)}`]),
  ].join('\n');
}

/** Whole messages: a spawn error or a cycle's path is never cut; one that was told is not told again. */
function conditionsText({ status }: ServiceRecord, paint: Paint, now: number): string {
  const told = new Map<string, string>();
  return status.conditions
    .map(({ type, status: value, reason, message, lastTransitionTime, observedGeneration }) => {
      const since = `since ${moment(lastTransitionTime, now)}, generation ${String(observedGeneration)}`;
      const head = `${type.padEnd(11)}  ${paintWord(value.padEnd(7), paint)}  ${reason}`;
      const before = told.get(message);
      if (before === undefined) told.set(message, type);
      return [head, `  ${paint.dim(since)}`, ...indented(before === undefined ? message : `as ${before}`)].join('\n');
    })
    .join('\n');
}

/** What a module reaches for outside of itself; what is refused with the line that would grant it. */
function asksText({ asks = [] }: ServiceRecord, paint: Paint): string {
  return asks
    .map(({ need, imports, granted, add }) => {
      const state = granted ? paint.green('granted') : paint.red('refused');
      const line = granted ? '' : `\n  ${add === undefined ? 'no service has it' : `add ${add}`}`;
      return printable(`${need.padEnd(8)} `) + state + printable(`  ${imports.join(', ')}${line}`);
    })
    .join('\n');
}

function lastExitText({ status: { lastExit, conditions } }: ServiceRecord, now: number): string {
  if (lastExit === undefined) return '';
  const { code, signal, message, stderrTail } = lastExit;
  const how = signal === null ? `code ${String(code ?? '-')}` : `signal ${signal}`;
  const told = message === undefined || conditions.some((condition) => condition.message.includes(message));
  const said = stderrTail.join('\n');
  const toldLines = said === '' || conditions.some((condition) => condition.message.endsWith(`\n${said}`));
  return [
    `${how} at ${moment(lastExit.at, now)}`,
    ...(told ? [] : [printable(message)]),
    ...(toldLines ? [] : ['stderr:', ...stderrTail.flatMap(indented)]),
  ].join('\n');
}

function interfaceText({ interfaceSnapshot, listed }: ServiceRecord, now: number): string {
  if (interfaceSnapshot === undefined) return '';
  const { interfaceRevision, introspectedAt } = interfaceSnapshot;
  const namesOf = (list: Json | undefined) =>
    listOf(list).map((item) => textOf(objectOf(item).name ?? objectOf(item).uri));
  return [
    `${textOf(interfaceRevision)}, read ${moment(textOf(introspectedAt), now)}`,
    ...(listed === null ? [] : [`at /mcp: ${String(listed.tools)} tools, about ${String(listed.tokens)} tokens`]),
    ...['tools', 'resources', 'resourceTemplates', 'prompts'].flatMap((kind) => {
      const names = namesOf(interfaceSnapshot[kind]);
      return names.length === 0 ? [] : [printable(`${kind} (${String(names.length)}): ${names.join(', ')}`)];
    }),
  ].join('\n');
}

const historyColumns = (now: number): readonly Column<HistoryItem>[] => [
  { title: 'GENERATION', value: (item) => String(item.generation) },
  { title: 'AGE', value: (item) => ageOf(item.at, now) },
  { title: 'AT', value: (item) => toSeconds(item.at) },
  { title: 'WHO', value: (item) => writerName(item.who) },
  { title: 'OUTCOME', value: (item) => item.outcome },
  {
    title: 'WHAT',
    value: (item) => (item.revision === '' ? item.what : `${item.what} (${shortRevision(item.revision)})`),
  },
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
