import { stringify } from 'smol-toml';
import type { JsonObject } from '../../shared/json.ts';
import { setCodexServer } from '../clients/codex-config.ts';
import { claudeEntry } from '../clients/claude-config.ts';
import { SERVER_NAME, type GatewayEntry } from '../clients/gateway-entry.ts';
import type { ExportClient } from './export-client.ts';

/** The configuration that points a client at the gateway, as text of its own file. Throws ClarityError BadRequest where it cannot be said. */
export function gatewayConfig(client: ExportClient, entry: GatewayEntry): string {
  if (client === 'codex') return setCodexServer('', '', entry);
  const { tokenEnv } = entry;
  const server = claudeEntry(entry);
  if (client === 'claude') return clientText(client, { [SERVER_NAME]: server });
  const variable = tokenEnv === undefined ? undefined : `\${env:${tokenEnv}}`;
  const headers = variable === undefined ? {} : { headers: { Authorization: `Bearer ${variable}` } };
  const env = variable === undefined ? {} : { env: { CLARITYD_AUTH_TOKEN: variable } };
  const plain =
    entry.transport === 'http'
      ? { url: entry.url, ...headers }
      : { command: entry.command, args: [...entry.args], ...(client === 'claude-desktop' ? {} : env) };
  return clientText(client, { [SERVER_NAME]: client === 'vscode' ? { type: entry.transport, ...plain } : plain });
}

/** Servers as the text of a client's file. */
export function clientText(client: ExportClient, servers: JsonObject): string {
  if (client === 'codex') return `${stringify({ mcp_servers: servers }).trim()}\n`;
  return `${JSON.stringify({ [client === 'vscode' ? 'servers' : 'mcpServers']: servers }, undefined, 2)}\n`;
}
