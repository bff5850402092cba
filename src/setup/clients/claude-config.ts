import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { sameValue } from '../../shared/same-value.ts';
import { invalidConfig } from '../edit/invalid-config.ts';
import { memberAt, removeMember, setMember } from '../edit/json-members.ts';
import { parseJsonText } from '../edit/json-text.ts';
import { SERVER_NAME, type GatewayEntry } from './gateway-entry.ts';

const PATH = ['mcpServers', SERVER_NAME];
/** What means nothing, or the other transport; `transport` is what the original wrote and Claude Code does not read. */
const FOREIGN = {
  stdio: ['url', 'headers', 'headersHelper', 'oauth', 'transport'],
  http: ['command', 'args', 'env', 'transport'],
} as const;

/**
 * The text of ~/.claude.json with our entry among the servers of the user; everything else stays to the byte, further keys of the entry too.
 * Throws ClarityError ClientConfigInvalid (file:line) where the text does not parse or its servers are no object.
 */
export function setClaudeServer(file: string, text: string, entry: GatewayEntry): string {
  const current = ours(file, text);
  const next = nextEntry(current ?? {}, entry);
  if (current !== undefined && sameValue(current, next)) return text;
  if (current === undefined) return setMember(file, startOf(text), PATH, next);
  const gone = Object.keys(current).filter((key) => !(key in next));
  const less = gone.reduce((now, key) => removeMember(file, now, [...PATH, key]), text);
  return Object.entries(next).reduce((now, [key, value]) => setMember(file, now, [...PATH, key], value ?? null), less);
}

/** The text without our entry, and without `mcpServers` where nothing else is in it. Throws as setClaudeServer does. */
export function removeClaudeServer(file: string, text: string): string {
  if (memberAt(valueOf(file, text), PATH) === undefined) return text;
  const less = removeMember(file, text, PATH);
  const left = memberAt(valueOf(file, less), ['mcpServers']);
  return isJsonObject(left) && Object.keys(left).length === 0 ? removeMember(file, text, ['mcpServers']) : less;
}

/** Our entry as it stands; undefined where there is none. Throws where the text does not parse. */
export function readClaudeServer(file: string, text: string): JsonObject | undefined {
  const found = memberAt(valueOf(file, text), PATH);
  return isJsonObject(found) ? found : undefined;
}

/** The entry as Claude Code reads it: `type: http` with `url`, or a command. */
export function claudeEntry(entry: GatewayEntry): JsonObject {
  const { tokenEnv } = entry;
  if (entry.transport === 'http') {
    const headers = tokenEnv === undefined ? {} : { headers: { Authorization: `Bearer \${${tokenEnv}}` } };
    return { type: 'http', url: entry.url, ...headers };
  }
  const env = tokenEnv === undefined ? {} : { env: { CLARITYD_AUTH_TOKEN: `\${${tokenEnv}}` } };
  return { command: entry.command, args: entry.args, ...env };
}

function ours(file: string, text: string): JsonObject | undefined {
  const found = memberAt(valueOf(file, text), PATH);
  if (found === undefined || isJsonObject(found)) return found;
  const node = parseJsonText(file, text, false);
  throw invalidConfig(file, text, node.from, `${PATH.join('.')} is no JSON object`);
}

function nextEntry(current: JsonObject, entry: GatewayEntry): JsonObject {
  const foreign: readonly string[] = FOREIGN[entry.transport];
  const stays = (key: string, value: Json | undefined) =>
    key === 'type' ? value === entry.transport : !foreign.includes(key);
  const kept = Object.fromEntries(Object.entries(current).filter(([key, value]) => stays(key, value)));
  const wanted = claudeEntry(entry);
  const merged = Object.entries(wanted).map(([key, value]) => [key, mergeMaps(kept[key], value)] as const);
  return { ...kept, ...Object.fromEntries(merged) };
}

/** Further headers and variables stay beside ours. */
function mergeMaps(current: Json | undefined, value: Json | undefined): Json {
  return isJsonObject(current) && isJsonObject(value) ? { ...current, ...value } : (value ?? null);
}

/** A file that is not there yet, or holds nothing, begins as an empty object. */
function startOf(text: string): string {
  return text.trim() === '' ? `${text}{}\n` : text;
}

function valueOf(file: string, text: string): Json {
  return parseJsonText(file, startOf(text), false).value;
}
