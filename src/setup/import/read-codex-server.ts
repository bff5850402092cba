import { isJsonObject, type Json } from '../../shared/json.ts';
import type { FoundServer } from './client-server.ts';
import { textMap, texts } from './read-json-server.ts';

const READ = new Set(
  'command args env env_vars cwd url bearer_token_env_var http_headers env_http_headers enabled enabled_tools disabled_tools startup_timeout_sec startup_timeout_ms tool_timeout_sec'.split(
    ' ',
  ),
);

/** A table of `[mcp_servers.NAME]` in Codex's config.toml. */
export function readCodexServer(name: string, server: Json | undefined): FoundServer {
  if (!isJsonObject(server)) return { kind: 'unreadable', name, why: 'it is no table' };
  const { command, url, cwd, bearer_token_env_var: bearer } = server;
  const byVariable: [string, string][] = Object.entries(textMap(server.env_http_headers)).map(([header, variable]) => [
    header,
    `\${${variable}}`,
  ]);
  const token = typeof bearer === 'string' ? { Authorization: `Bearer \${${bearer}}` } : {};
  const startMs = milliseconds(server.startup_timeout_sec, 1000) ?? milliseconds(server.startup_timeout_ms, 1);
  const callMs = milliseconds(server.tool_timeout_sec, 1000);
  return {
    kind: 'server',
    name,
    ...(typeof command === 'string' ? { command } : {}),
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof cwd === 'string' ? { cwd } : {}),
    args: texts(server.args),
    env: textMap(server.env),
    inheritEnv: variables(server.env_vars),
    headers: { ...textMap(server.http_headers), ...Object.fromEntries<string>(byVariable), ...token },
    disabled: server.enabled === false,
    ...(Array.isArray(server.enabled_tools) ? { allow: texts(server.enabled_tools) } : {}),
    ...(Array.isArray(server.disabled_tools) ? { deny: texts(server.disabled_tools) } : {}),
    ...(startMs === undefined ? {} : { startTimeoutMs: startMs }),
    ...(callMs === undefined ? {} : { timeoutMs: callMs }),
    ignored: Object.keys(server).filter((key) => !READ.has(key)),
  };
}

/** Names, or tables with a name. */
function variables(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((each) => {
    const name = isJsonObject(each) ? each.name : each;
    return typeof name === 'string' ? [name] : [];
  });
}

function milliseconds(value: Json | undefined, factor: number): number | undefined {
  return typeof value === 'number' && value > 0 ? Math.round(value * factor) : undefined;
}
