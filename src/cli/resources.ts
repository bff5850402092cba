import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { PolicyItem, ServiceItem, SourceItem, ToolsetItem } from '../wire/types.ts';
import type { CommandContext } from './command-context.ts';
import type { Resource } from './listing.ts';
import { paintWord, serviceColumns, shortRevision } from './output/service-table.ts';
import { listedTools, type ListedTool } from './tool-names.ts';

export const services: Resource<ServiceItem> = {
  kind: 'service',
  plural: 'services',
  list: async ({ client, signal }) => (await client.services({ signal })).items,
  names: (item) => [item.name, item.serviceId],
  labels: (item) => item.labels,
  news: ({ revision: _revision, uptimeSeconds: _uptime, status, ...item }) => {
    // A revision is that of the whole source: one edit changes it for every service.
    const { ageSeconds: _age, observedRevision: _observed, ...standing } = status;
    return { ...item, status: standing };
  },
  columns: ({ paint, format }) => serviceColumns(paint, format === 'wide'),
};

export const policies: Resource<PolicyItem> = {
  kind: 'policy',
  plural: 'policies',
  list: async ({ client, signal }) => (await client.policies({ signal })).items,
  names: (item) => [item.name],
  columns: ({ format }) => [
    { title: 'NAME', value: (item) => item.name },
    { title: 'USED BY', value: (item) => (item.usedBy.length === 0 ? '-' : item.usedBy.join(',')) },
    {
      title: 'FROM',
      value: ({ origin }) => (origin === null ? '(built in)' : `${origin.file}:${String(origin.line)}`),
    },
    { title: 'RULES', value: ({ spec }) => (format === 'wide' ? JSON.stringify(spec) : Object.keys(spec).join(',')) },
  ],
};

export const sources: Resource<SourceItem> = {
  kind: 'source',
  plural: 'sources',
  list: async ({ client, signal }) => (await client.sources({ signal })).items,
  names: (item) => [item.name],
  columns: ({ paint, format }) => [
    { title: 'NAME', value: (item) => item.name },
    { title: 'KIND', value: (item) => item.kind },
    { title: 'READY', value: (item) => item.ready, paint: (text) => paintWord(text, paint) },
    { title: 'REVISION', value: (item) => (format === 'wide' ? item.revision : shortRevision(item.revision)) },
    { title: 'DOCUMENTS', value: (item) => String(item.documents) },
    { title: 'ERRORS', value: (item) => String(item.errors) },
    ...(format === 'wide'
      ? [
          { title: 'VERIFIED', value: ({ verified }: SourceItem) => verified?.status ?? '-' },
          {
            title: 'FROM',
            value: ({ declared }: SourceItem) =>
              declared === null ? '(flag)' : `${declared.file}:${String(declared.line)}`,
          },
        ]
      : []),
    { title: 'PATH', value: (item) => item.path },
    { title: 'MESSAGE', value: (item) => [item.reason, item.message].filter((text) => text !== '').join(': ') },
  ],
};

export const toolsets: Resource<ToolsetItem> = {
  kind: 'toolset',
  plural: 'toolsets',
  list: async ({ client, signal }) => (await client.toolsets({ signal })).items,
  names: (item) => [item.name],
  labels: (item) => item.labels,
  columns: ({ paint, format }) => [
    { title: 'NAME', value: (item) => item.name },
    { title: 'MODE', value: (item) => item.mode },
    { title: 'READY', value: (item) => item.ready, paint: (text) => paintWord(text, paint) },
    {
      title: 'SERVICES',
      value: ({ services: all }) => `${String(all.filter(({ tools }) => tools > 0).length)}/${String(all.length)}`,
    },
    { title: 'TOOLS', value: (item) => String(item.tools) },
    { title: 'PATH', value: (item) => item.path },
    ...(format === 'wide'
      ? [
          { title: 'LISTED', value: ({ listed }: ToolsetItem) => String(listed.tools) },
          { title: 'TOKENS', value: ({ listed }: ToolsetItem) => String(listed.tokens) },
          { title: 'FROM', value: ({ origin }: ToolsetItem) => `${origin.file}:${String(origin.line)}` },
        ]
      : []),
    { title: 'MESSAGE', value: ({ reason, message }) => (reason === 'Serving' ? message : `${reason}: ${message}`) },
  ],
};

/** A tool with the service that has it, as `get tools -o json` prints it. */
interface ToolRow extends ListedTool {
  readonly service: string;
}

const SERVICES_AT_ONCE = 8;

export const tools: Resource<ToolRow> = {
  kind: 'tool',
  plural: 'tools',
  list: listAllTools,
  names: (row) => [row.name],
  columns: ({ format }) => [
    { title: 'NAME', value: (row) => row.name },
    { title: 'SERVICE', value: (row) => row.service },
    ...(format === 'wide' ? [{ title: 'ARGUMENTS', value: argumentNames }] : []),
    { title: 'DESCRIPTION', value: ({ definition }) => firstSentence(definition.description) },
  ],
};

async function listAllTools({ client, signal }: CommandContext): Promise<readonly ToolRow[]> {
  const { items } = await client.services({ signal });
  const rows: ToolRow[] = [];
  for (let at = 0; at < items.length; at += SERVICES_AT_ONCE) {
    const batch = items.slice(at, at + SERVICES_AT_ONCE).filter((item) => item.interface !== null);
    const records = await Promise.all(batch.map((item) => client.service(item.name, { signal })));
    rows.push(
      ...records.flatMap(({ service }) => listedTools(service).map((tool) => ({ service: service.name, ...tool }))),
    );
  }
  return rows;
}

function argumentNames({ definition }: ToolRow): string {
  const schema: JsonObject = isJsonObject(definition.inputSchema) ? definition.inputSchema : {};
  return isJsonObject(schema.properties) ? Object.keys(schema.properties).join(',') : '';
}

function firstSentence(description: unknown): string {
  const text = typeof description === 'string' ? description : '';
  return /^.*?[.!?](?=\s|$)/s.exec(text.trim())?.[0] ?? text;
}
