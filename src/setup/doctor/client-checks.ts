import type { ClientStatus } from '../bootstrap-status.ts';
import { fine, type Check } from './check.ts';

/** What the checks of the clients' files are made from. */
export interface ClientFacts {
  readonly clients: readonly ClientStatus[];
  /** The daemon that was asked. */
  readonly daemonUrl: string;
  /** True for a command that can be started. */
  readonly isInstalled: (command: string) => Promise<boolean>;
}

/** One check a client: its file can be read, and an entry of ours in it leads to this daemon. */
export function checkClients({ clients, daemonUrl, isInstalled }: ClientFacts): Promise<readonly Check[]> {
  return Promise.all(clients.map((client) => checkClient(client, daemonUrl, isInstalled)));
}

async function checkClient(
  { client, path, configured, transport, endpoint, command, error, outdated }: ClientStatus,
  daemonUrl: string,
  isInstalled: ClientFacts['isInstalled'],
): Promise<Check> {
  const warn = (detail: string, fix: string): Check => ({ name: client, status: 'warn', detail, fix });
  const again = `clarityctl bootstrap --clients ${client}`;
  if (error !== undefined)
    return { name: client, status: 'fail', detail: error, fix: 'Mend the file at the line that is named.' };
  if (!configured) return fine(client, `${path} does not name the gateway (${again} enters it)`);
  if (outdated === true) return warn(`${path}: the entry is in a form that ${client} does not read`, again);
  if (transport === 'http' && endpoint !== undefined && originOf(endpoint) !== originOf(daemonUrl))
    return warn(`${path} points at ${endpoint}, not at ${daemonUrl}`, `${again} --transport http`);
  if (transport === 'stdio' && command !== undefined && !(await isInstalled(command))) {
    const fix = `Install the package that brings ${command} globally, or: ${again} --transport http`;
    return warn(`${path} starts ${command}, which is not in PATH`, fix);
  }
  return fine(client, `${path} reaches the gateway by ${transport ?? 'stdio'}`);
}

/** One name for this machine, so that localhost and 127.0.0.1 are the same daemon. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin.replace('//localhost', '//127.0.0.1') : url;
}
