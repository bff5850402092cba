import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { invalidAtLine } from '../edit/invalid-config.ts';
import { parseJsonText } from '../edit/json-text.ts';
import { parseTomlText } from '../edit/toml-text.ts';
import type { FoundServer } from './client-server.ts';
import { readCodexServer } from './read-codex-server.ts';
import { readJsonServer } from './read-json-server.ts';

/**
 * The servers that a client's configuration names: `mcpServers` (Claude, Cursor and most others), `servers` (VS Code, also inside of `mcp` in its
 * settings), `mcp_servers` (Codex), or `services` of the original's registry.json. JSON may have comments.
 * Throws ClarityError ClientConfigInvalid (file:line) where the text does not parse or is none of these.
 */
export function readConfig(file: string, text: string): readonly FoundServer[] {
  if (!/^[\s\uFEFF]*(\{|\/\/|\/\*)/.test(text)) return readToml(file, text);
  const value = parseJsonText(file, text, true).value;
  const top = isJsonObject(value) ? value : {};
  if (top.version === 1 && Array.isArray(top.services)) return top.services.map(readRecord);
  const mcp = isJsonObject(top.mcp) ? top.mcp : {};
  const servers = [top.mcpServers, top.servers, mcp.servers].find(isJsonObject);
  if (servers === undefined) throw unknown(file);
  return Object.entries(servers).map(([name, server]) => readJsonServer(name, server));
}

function readToml(file: string, text: string): readonly FoundServer[] {
  const servers = JSON.parse(JSON.stringify(parseTomlText(file, text).mcp_servers ?? null, bigAsText)) as Json;
  if (!isJsonObject(servers)) throw unknown(file);
  return Object.entries(servers).map(([name, server]) => readCodexServer(name, server));
}

/** An entry of registry.json: the manifest and how it last ran (original contract §4, §10). */
function readRecord(record: Json, index: number): FoundServer {
  const number = `service ${String(index + 1)}`;
  if (!isJsonObject(record)) return { kind: 'unreadable', name: number, why: 'it is no object' };
  const manifest = isJsonObject(record.manifest) ? record.manifest : record;
  const metadata: JsonObject = isJsonObject(manifest.metadata) ? manifest.metadata : {};
  const runtime = isJsonObject(record.runtime) ? record.runtime : {};
  const named = [metadata.name, metadata.module, metadata.displayName].find((each) => typeof each === 'string');
  const name = typeof named === 'string' ? named : number;
  if (!isJsonObject(manifest.spec)) return { kind: 'unreadable', name, why: 'it has no manifest' };
  return { kind: 'manifest', name, manifest, disabled: runtime.enabled === false };
}

function unknown(file: string) {
  return invalidAtLine(file, 1, 'no servers are in it: neither mcpServers, servers, mcp_servers nor services');
}

function bigAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
