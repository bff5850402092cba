import { ClarityError } from '../shared/errors.ts';
import { readClientFile } from './client-file.ts';
import { readClaudeServer } from './clients/claude-config.ts';
import { CLIENT_NAMES, type ClientFiles, type ClientName } from './clients/client-files.ts';
import { readCodexServer } from './clients/codex-config.ts';

/** One client's file (original contract §1h). */
export interface ClientStatus {
  readonly client: ClientName;
  readonly path: string;
  /** There is a file. */
  readonly present: boolean;
  /** It has our entry. */
  readonly configured: boolean;
  readonly transport?: 'stdio' | 'http';
  readonly endpoint?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  /** Why the file cannot be read: `file:line: …`. */
  readonly error?: string;
  /** The entry is written in a form that the client of today does not read. */
  readonly outdated?: true;
}

/** What the files of the clients say of us; a file that cannot be read is told, not thrown. */
export async function bootstrapStatus(files: ClientFiles): Promise<readonly ClientStatus[]> {
  return Promise.all(CLIENT_NAMES.map((client) => statusOf(client, files[client])));
}

async function statusOf(client: ClientName, path: string): Promise<ClientStatus> {
  const none = { client, path, present: false, configured: false };
  try {
    const { text } = await readClientFile(path);
    if (text === undefined) return none;
    const entry = client === 'codex' ? readCodexServer(path, text) : readClaudeServer(path, text);
    const present = { ...none, present: true };
    return entry === undefined ? present : { ...present, configured: true, ...described(client, entry) };
  } catch (error) {
    if (!(error instanceof ClarityError)) throw error;
    return { ...none, present: true, error: error.message };
  }
}

type Described = Pick<ClientStatus, 'transport' | 'endpoint' | 'command' | 'args' | 'outdated'>;

/** The original also wrote `endpoint` for Codex and `transport` for Claude; neither client reads them. */
function described(client: ClientName, entry: Readonly<Record<string, unknown>>): Described {
  const { url, endpoint, command, args, type, transport } = entry;
  const target = typeof url === 'string' ? url : endpoint;
  if (typeof target === 'string') {
    const unread = client === 'claude' ? type === undefined || transport !== undefined : url === undefined;
    return { transport: 'http', endpoint: target, ...(unread ? { outdated: true } : {}) };
  }
  const list = Array.isArray(args) ? args.filter((arg): arg is string => typeof arg === 'string') : undefined;
  if (typeof command !== 'string') return { outdated: true };
  return { transport: 'stdio', command, ...(list === undefined ? {} : { args: list }) };
}
