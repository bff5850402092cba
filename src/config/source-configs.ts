import { basename, resolve } from 'node:path';
import { gitFolderProblem, gitRefProblem, gitUrlProblem, isGitPath, plainGitFolder } from '../shared/git-location.ts';
import type { GitSourceConfig, SourceConfig } from '../shared/source-config.ts';
import { usage, type Setting, type Settings } from './settings.ts';

/** How often a repository is asked, where nobody says more. */
const INTERVAL_MS = 60_000;

/** The watched folder, then each further source. Each has a name of its own: its folder's or repository's, with a number where that is taken. */
export function sourceConfigs(settings: Settings, workspace: string, cwd: string): readonly SourceConfig[] {
  const services = settings.one('CLARITYD_SERVICES');
  const sources: SourceConfig[] = [];
  const add = (path: string, explicit: boolean) => {
    sources.push(Object.freeze({ name: freeName(basename(path) || 'root', sources), kind: 'dir', path, explicit }));
  };
  add(services === undefined ? resolve(workspace, 'services.d') : resolve(cwd, services.value), services !== undefined);
  for (const setting of settings.all('CLARITYD_SOURCE')) {
    const place = setting.value.startsWith('git+') ? gitPlace(setting, cwd) : undefined;
    const path = place === undefined ? resolve(cwd, folderOf(setting)) : undefined;
    if (
      sources.some((source) =>
        source.kind === 'dir' ? source.path === path : place !== undefined && same(source, place),
      )
    )
      throw usage(shown(setting), 'is given twice');
    if (place === undefined) add(path ?? '', true);
    else sources.push(Object.freeze({ ...place, name: freeName(repositoryName(place.url), sources) }));
  }
  return Object.freeze(sources);
}

function folderOf(setting: Setting): string {
  const path = /^dir:(.+)$/.exec(setting.value)?.[1];
  if (path === undefined) throw usage(shown(setting), 'is no source: write dir:PATH or git+URL#REF:PATH');
  return path;
}

/** `git+URL#REF:PATH`: without REF the remote's HEAD, without PATH services.d. */
function gitPlace(setting: Setting, cwd: string): Omit<GitSourceConfig, 'name'> {
  const [, url = '', ref = '', path = 'services.d'] =
    /^git\+([^#]*)(?:#([^:]*)(?::(.*))?)?$/s.exec(setting.value) ?? [];
  const problem =
    gitUrlProblem(url) ?? (ref === '' ? undefined : gitRefProblem(ref)) ?? gitFolderProblem(path === '' ? '.' : path);
  if (problem !== undefined) throw usage(shown(setting), problem);
  return {
    kind: 'git',
    url: isGitPath(url) ? resolve(cwd, url) : url,
    ...(ref === '' ? {} : { ref }),
    path: plainGitFolder(path),
    intervalMs: INTERVAL_MS,
    allowPush: false,
    prune: true,
  };
}

/** The setting as it may be repeated in a message: without what stands before an @. */
function shown({ value, from }: Setting): Setting {
  return { from, value: value.replace(/(:\/\/)[^/@]*(:[^/@]*)?@/, '$1***@') };
}

function same(a: GitSourceConfig, b: Omit<GitSourceConfig, 'name'>): boolean {
  return a.url === b.url && a.ref === b.ref && a.path === b.path;
}

/** The last part of the address without `.git`, as a name that a document may have. */
function repositoryName(url: string): string {
  const last = /([^/:]*?)(?:\.git)?\/*$/.exec(url)?.[1] ?? '';
  const name = last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return name === '' ? 'source' : name;
}

function freeName(wanted: string, sources: readonly SourceConfig[]): string {
  const taken = (name: string) => sources.some((source) => source.name === name);
  let name = wanted;
  for (let number = 2; taken(name); number++) name = `${wanted}-${number}`;
  return name;
}
