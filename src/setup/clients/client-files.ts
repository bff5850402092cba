import { join } from 'node:path';
import { ClarityError } from '../../shared/errors.ts';

/** The clients whose files bootstrap writes (original contract §12). */
export const CLIENT_NAMES = ['codex', 'claude'] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** The absolute path of each client's configuration of this user. */
export type ClientFiles = Readonly<Record<ClientName, string>>;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * `~/.codex/config.toml` and `~/.claude.json`, elsewhere where CODEX_HOME or CLAUDE_CONFIG_DIR say so, as the clients themselves do.
 * Throws ClarityError Usage where HOME is not set.
 */
export function clientFiles(env: Variables): ClientFiles {
  const { CODEX_HOME = '', CLAUDE_CONFIG_DIR = '' } = env;
  return {
    codex: join(CODEX_HOME || join(homeOf(env), '.codex'), 'config.toml'),
    claude: join(CLAUDE_CONFIG_DIR || homeOf(env), '.claude.json'),
  };
}

/** The user's own folder. Throws ClarityError Usage where no variable names it. */
export function homeOf({ HOME, USERPROFILE }: Variables): string {
  const home = HOME || USERPROFILE;
  if (home === undefined || home === '')
    throw new ClarityError('Usage', 'HOME is not set: it is not known where the clients keep their configuration');
  return home;
}
