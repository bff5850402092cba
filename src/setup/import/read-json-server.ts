import { isJsonObject, type Json } from '../../shared/json.ts';
import type { ClientServer, FoundServer } from './client-server.ts';

const READ = new Set([
  'type',
  'transport',
  'transportType',
  'command',
  'args',
  'env',
  'cwd',
  'url',
  'serverUrl',
  'httpUrl',
  'headers',
  'disabled',
  'enabled',
  'timeout',
]);
/** Of the client alone: nobody misses it in a manifest. */
const SILENT = new Set([
  'dev',
  'gallery',
  'version',
  'description',
  'note',
  'autoApprove',
  'alwaysAllow',
  'name',
  'icon',
  'id',
]);

/** A server of Claude, Cursor, VS Code and their like. */
export function readJsonServer(name: string, server: Json | undefined): FoundServer {
  if (!isJsonObject(server)) return { kind: 'unreadable', name, why: 'it is no object' };
  const url = [server.url, server.serverUrl, server.httpUrl].find((each) => typeof each === 'string');
  const type = [server.type, server.transport, server.transportType].find((each) => typeof each === 'string');
  return {
    kind: 'server',
    name,
    ...(typeof server.command === 'string' ? { command: server.command } : {}),
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof server.cwd === 'string' ? { cwd: server.cwd } : {}),
    args: texts(server.args),
    env: textMap(server.env),
    inheritEnv: [],
    headers: textMap(server.headers),
    disabled: server.disabled === true || server.enabled === false,
    ...timeout(server.timeout),
    ignored: Object.keys(server).filter((key) => !READ.has(key) && !SILENT.has(key)),
  };
}

/** The members of a list as texts; none where it is no list. */
export function texts(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map(plainText).filter((each) => each !== undefined);
}

function plainText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The members of a map as texts. */
export function textMap(value: Json | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  const members = Object.entries(value).map(([key, each]) => [key, plainText(each)] as const);
  return Object.fromEntries(members.filter((member): member is readonly [string, string] => member[1] !== undefined));
}

/** Clients write seconds (Cline) or milliseconds (Claude Code); below a second's worth of milliseconds it must be seconds. */
function timeout(value: Json | undefined): Pick<ClientServer, 'timeoutMs'> {
  if (typeof value !== 'number' || !(value > 0)) return {};
  return { timeoutMs: Math.round(value < 1000 ? value * 1000 : value) };
}
