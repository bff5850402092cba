import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../shared/errors.ts';
import { clientFiles, homeOf } from '../clients/client-files.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The configuration files of clients that exist: of this user, and of the project in `cwd`. Empty where HOME is not known. */
export async function existingConfigs(
  env: Variables,
  cwd: string,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  const files = knownConfigs(env, cwd, platform);
  const exist = await Promise.all(files.map(isFile));
  return files.filter((_, index) => exist[index]);
}

function knownConfigs(env: Variables, cwd: string, platform: NodeJS.Platform): readonly string[] {
  const project = ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json', '.clarity/runtime/registry.json'].map((file) =>
    join(cwd, file),
  );
  if ((env.HOME || env.USERPROFILE) === undefined) return project;
  const home = homeOf(env);
  const settings = settingsFolder(env, home, platform);
  const { codex, claude } = clientFiles(env);
  const own = [
    claude,
    join(settings, 'Claude', 'claude_desktop_config.json'),
    join(home, '.cursor', 'mcp.json'),
    join(settings, 'Code', 'User', 'mcp.json'),
    codex,
  ];
  return [...project, ...own];
}

/** Where desktop programs of this system keep their settings. */
function settingsFolder({ APPDATA, XDG_CONFIG_HOME }: Variables, home: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return APPDATA ?? join(home, 'AppData', 'Roaming');
  return XDG_CONFIG_HOME ?? join(home, '.config');
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
