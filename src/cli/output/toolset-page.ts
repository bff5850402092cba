import { oneLine, printable } from '../../shared/text.ts';
import type { ToolsetRecord } from '../../wire/types.ts';
import type { Paint } from './paint.ts';
import { paintWord } from './service-table.ts';
import { renderTable } from './table.ts';
import { wrapText } from './wrap.ts';

/** The human page of one toolset, without a line feed at the end. `url` is the daemon's; the width is in columns. */
export function renderToolsetPage(
  record: ToolsetRecord,
  { paint, width, url }: { readonly paint: Paint; readonly width: number; readonly url: string },
): string {
  const { listed, services, items, warnings } = record;
  const facts: readonly (readonly [string, string])[] = [
    ['Name', record.name],
    ['Address', url + record.path],
    ['Mode', record.mode],
    ['Ready', `${paintWord(record.ready, paint)} (${record.reason})`],
    ['Source', `${record.origin.file}:${String(record.origin.line)} (${record.origin.source})`],
    ['Revision', record.revision],
    ['Rules', oneLine(JSON.stringify(record.spec.tools ?? {}), 2000)],
    ['Lists', `${toolsText(listed.tools)}, about ${String(listed.tokens)} tokens`],
    ['Can call', toolsText(record.tools)],
  ];
  const inner = width - 2;
  const sections = [
    facts.map(([label, value]) => paint.dim(`${label}:`.padEnd(10)) + value).join('\n'),
    section('Warnings', warnings.map((text) => printable(text)).join('\n'), paint),
    section('Services', services.length === 0 ? '' : renderTable(SERVICE_COLUMNS, services, inner), paint),
    section('Tools', items.length === 0 ? '' : renderTable(TOOL_COLUMNS, items, inner), paint),
  ];
  return wrapText(sections.filter((text) => text !== '').join('\n\n'), width);
}

type Member = ToolsetRecord['services'][number];
type Tool = ToolsetRecord['items'][number];

const SERVICE_COLUMNS = [
  { title: 'SERVICE', value: ({ name }: Member) => name },
  { title: 'SERVED', value: ({ served }: Member) => (served ? 'yes' : 'no') },
  { title: 'TOOLS', value: ({ tools }: Member) => String(tools) },
];

const TOOL_COLUMNS = [
  { title: 'NAME', value: ({ name }: Tool) => name },
  { title: 'SERVICE', value: ({ service }: Tool) => service },
  { title: 'ITS NAME', value: ({ upstreamName }: Tool) => upstreamName },
  { title: 'TOKENS', value: ({ tokens }: Tool) => String(tokens) },
];

function toolsText(count: number): string {
  return `${String(count)} tool${count === 1 ? '' : 's'}`;
}

function section(title: string, body: string, paint: Paint): string {
  if (body === '') return '';
  return [paint.bold(`${title}:`), ...body.split('\n').map((line) => `  ${line}`)].join('\n');
}
