import { join } from 'node:path';
import { ClarityError } from '../shared/errors.ts';
import { readClientFile, writeClientFile, type ClientFile } from './client-file.ts';
import { setClaudeServer, removeClaudeServer } from './clients/claude-config.ts';
import type { ClientFiles, ClientName } from './clients/client-files.ts';
import { removeCodexServer, setCodexServer } from './clients/codex-config.ts';
import type { GatewayEntry } from './clients/gateway-entry.ts';
import { removeManagedBlock, setManagedBlock } from './edit/managed-block.ts';
import { renderDiff } from './edit/render-diff.ts';

/** What is to be written. */
export interface BootstrapWish {
  readonly files: ClientFiles;
  readonly clients: readonly ClientName[];
  /** Undefined: our entries are taken away. */
  readonly entry: GatewayEntry | undefined;
  /** The folder whose AGENTS.md gets, or loses, the managed block. */
  readonly agentsFolder?: string | undefined;
  /** Nothing is written. */
  readonly dryRun: boolean;
}

/** What became of one file; of a dry run, what would. */
export interface WrittenFile {
  readonly path: string;
  /** False where it said so already: then it is not touched. */
  readonly updated: boolean;
  /** Unified diff, '' where nothing changes. */
  readonly patch: string;
}

export interface BootstrapResult {
  readonly results: readonly (WrittenFile & { readonly client: ClientName })[];
  readonly agentsMd?: WrittenFile;
}

interface Change extends WrittenFile {
  readonly before: ClientFile;
  readonly after: string;
  readonly newMode: number;
}

/** A client that writes its file just now is given way this often. */
const ATTEMPTS = 3;

/**
 * Writes our entry into the files of clients, or takes it away (original contract §12). Every text is made before the first is written:
 * where one cannot be edited, none is. Throws ClarityError ClientConfigInvalid, BadRequest, or Conflict where a file changes all the time.
 */
export async function bootstrap(wish: BootstrapWish): Promise<BootstrapResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(wish);
    } catch (error) {
      if (!(error instanceof ClarityError) || error.code !== 'Conflict' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function attemptOnce({ files, clients, entry, agentsFolder, dryRun }: BootstrapWish): Promise<BootstrapResult> {
  const named = await Promise.all(
    [...new Set(clients)].map(async (client) => ({
      client,
      change: await changeOf(files[client], 0o600, (path, text) => edited(client, path, text, entry)),
    })),
  );
  const agentsFile = agentsFolder === undefined ? undefined : join(agentsFolder, 'AGENTS.md');
  const agents =
    agentsFile === undefined
      ? undefined
      : await changeOf(agentsFile, 0o644, entry === undefined ? removeManagedBlock : setManagedBlock);
  const changes = [...named.map(({ change }) => change), ...(agents === undefined ? [] : [agents])];
  for (const { updated, before, after, newMode } of dryRun ? [] : changes)
    if (updated) await writeClientFile(before, after, newMode);
  return {
    results: named.map(({ client, change }) => ({ client, ...told(change) })),
    ...(agents === undefined ? {} : { agentsMd: told(agents) }),
  };
}

function edited(client: ClientName, path: string, text: string, entry: GatewayEntry | undefined): string {
  if (client === 'codex')
    return entry === undefined ? removeCodexServer(path, text) : setCodexServer(path, text, entry);
  return entry === undefined ? removeClaudeServer(path, text) : setClaudeServer(path, text, entry);
}

async function changeOf(path: string, newMode: number, edit: (path: string, text: string) => string): Promise<Change> {
  const before = await readClientFile(path);
  const text = before.text ?? '';
  const after = edit(path, text);
  return { path, updated: after !== text, patch: renderDiff(path, text, after), before, after, newMode };
}

function told({ path, updated, patch }: Change): WrittenFile {
  return { path, updated, patch };
}
