import type { EnvEntry, RemoteOrigin, ServiceManifest, StdioOrigin } from '../../manifest/index.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { ExportClient } from './export-client.ts';
import { clientText } from './gateway-config.ts';

/** A client's configuration with the servers of manifests, and what it cannot say. */
export interface DirectConfig {
  readonly text: string;
  readonly notes: readonly string[];
}

/** The servers behind the gateway as a client would start them itself. Secrets become references to the client's variables, or notes. */
export function directConfig(client: ExportClient, manifests: readonly ServiceManifest[]): DirectConfig {
  const notes: string[] = [];
  const servers: Record<string, JsonObject> = {};
  for (const manifest of manifests) {
    const { name, displayName } = manifest.metadata;
    const note = (text: string) => notes.push(`${name}: ${text}`);
    const server = serverOf(client, manifest, note);
    if (server !== undefined) servers[displayName in servers ? name : displayName] = server;
  }
  return { text: clientText(client, servers), notes };
}

type Note = (text: string) => unknown;

function serverOf(client: ExportClient, { spec }: ServiceManifest, note: Note): JsonObject | undefined {
  const { origin, enabled, tools, startTimeoutMs } = spec;
  if (origin.type === 'local_wasm') return void note('a Clarity program runs in the daemon only; left out');
  const isCodex = client === 'codex';
  if (!enabled && client !== 'codex' && client !== 'cursor') return void note('not enabled; left out');
  if (origin.type === 'remote_mcp' && client === 'claude-desktop')
    return void note('Claude Desktop takes remote servers as connectors, not in its file; left out');
  const body = origin.type === 'local_stdio' ? stdio(client, origin, note) : remote(client, origin, note);
  if ((tools.allow ?? tools.deny ?? tools.rename) !== undefined && !isCodex)
    note('the choice of tools cannot be said in this file');
  if (!isCodex) return enabled ? body : { ...body, disabled: true };
  return {
    ...body,
    ...(enabled ? {} : { enabled: false }),
    ...(tools.allow === undefined ? {} : { enabled_tools: tools.allow }),
    ...(tools.deny === undefined ? {} : { disabled_tools: tools.deny }),
    startup_timeout_sec: startTimeoutMs / 1000,
    tool_timeout_sec: origin.timeoutMs / 1000,
  };
}

function stdio(client: ExportClient, origin: StdioOrigin, note: Note): JsonObject {
  const { command, args, cwd, inheritEnv } = origin;
  const names = [...inheritEnv];
  const env: Record<string, string> = {};
  for (const { name, value, secretRef } of origin.env) {
    const variable = variableOf(secretRef);
    if (secretRef === undefined) env[name] = value ?? '';
    else if (client === 'codex' && variable === name) names.push(name);
    else if (client === 'codex' || client === 'claude-desktop' || variable === undefined)
      note(`${name} comes from ${secretRef}, which this file cannot say: set it by hand`);
    else env[name] = reference(client, variable);
  }
  if (cwd !== '.' && client !== 'codex' && client !== 'vscode') note(`runs in ${cwd}, which this file cannot say`);
  return {
    ...(client === 'vscode' ? { type: 'stdio' } : {}),
    command,
    ...(args.length === 0 ? {} : { args }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(cwd !== '.' && (client === 'codex' || client === 'vscode') ? { cwd } : {}),
    ...(client === 'codex' && names.length > 0 ? { env_vars: names } : {}),
  };
}

function remote(client: ExportClient, origin: RemoteOrigin, note: Note): JsonObject {
  const { endpoint, transport, authRef } = origin;
  const entries: EnvEntry[] = [...origin.headers, ...authorization(authRef, note)];
  if (client === 'codex') return codexRemote(endpoint, entries, transport, note);
  const headers: Record<string, string> = {};
  for (const { name, value, secretRef } of entries) {
    const [, scheme = '', ref = secretRef] = /^(Bearer )(.*)$/.exec(secretRef ?? '') ?? [];
    const variable = variableOf(ref);
    if (secretRef === undefined) headers[name] = value ?? '';
    else if (variable === undefined)
      note(`${name} comes from ${secretRef}, which this file cannot say: set it by hand`);
    else headers[name] = scheme + reference(client, variable);
  }
  const type = client === 'cursor' ? {} : { type: transport === 'sse_http' ? 'sse' : 'http' };
  return { ...type, url: endpoint, ...(Object.keys(headers).length === 0 ? {} : { headers }) };
}

function codexRemote(
  url: string,
  entries: readonly EnvEntry[],
  transport: RemoteOrigin['transport'],
  note: Note,
): JsonObject {
  if (transport === 'sse_http') note('Codex does not speak the older HTTP+SSE transport');
  const table: Record<string, string | JsonObject> = { url };
  const put = (key: string, name: string, value: string) => {
    const before = table[key];
    table[key] = { ...(isJsonObject(before) ? before : {}), [name]: value };
  };
  for (const { name, value, secretRef } of entries) {
    const [, ref = secretRef] = /^Bearer (.*)$/.exec(secretRef ?? '') ?? [];
    const variable = variableOf(ref);
    if (secretRef === undefined) put('http_headers', name, value ?? '');
    else if (variable === undefined)
      note(`${name} comes from ${secretRef}, which this file cannot say: set it by hand`);
    else if (ref !== secretRef) table.bearer_token_env_var = variable;
    else put('env_http_headers', name, variable);
  }
  return table;
}

/** What an authRef means as a header (original contract §11); `Bearer ` stands in front of the reference where it is added. */
function authorization(authRef: string | undefined, note: Note): readonly EnvEntry[] {
  if (authRef === undefined) return [];
  const [, header, variable] = /^header_env:([^:]+):(.+)$/i.exec(authRef) ?? [];
  if (header !== undefined) return [{ name: header, secretRef: `env:${variable ?? ''}` }];
  if (variableOf(authRef) !== undefined) return [{ name: 'Authorization', secretRef: `Bearer ${authRef}` }];
  note(`its credentials come from ${authRef}, which this file cannot say: set them by hand`);
  return [];
}

function variableOf(ref: string | undefined): string | undefined {
  return /^env:([A-Za-z_]\w*)$/i.exec(ref ?? '')?.[1];
}

function reference(client: ExportClient, variable: string): string {
  return client === 'claude' ? `\${${variable}}` : `\${env:${variable}}`;
}
