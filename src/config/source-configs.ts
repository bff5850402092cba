import { basename, resolve } from 'node:path';
import type { SourceConfig } from './config.ts';
import { usage, type Setting, type Settings } from './settings.ts';

/** The watched folder, then each further source. Each has a name of its own: its folder's, with a number where that is taken. */
export function sourceConfigs(settings: Settings, workspace: string, cwd: string): readonly SourceConfig[] {
  const services = settings.one('CLARITYD_SERVICES');
  const sources: SourceConfig[] = [];
  const add = (path: string, explicit: boolean, setting?: Setting) => {
    if (setting !== undefined && sources.some((source) => source.path === path)) throw usage(setting, 'is given twice');
    sources.push(Object.freeze({ name: freeName(basename(path) || 'root', sources), kind: 'dir', path, explicit }));
  };
  add(services === undefined ? resolve(workspace, 'services.d') : resolve(cwd, services.value), services !== undefined);
  for (const setting of settings.all('CLARITYD_SOURCE')) add(resolve(cwd, folderOf(setting)), true, setting);
  return Object.freeze(sources);
}

function folderOf(setting: Setting): string {
  if (setting.value.startsWith('git+')) throw usage(setting, 'is not supported yet: only dir:PATH is');
  const path = /^dir:(.+)$/.exec(setting.value)?.[1];
  if (path === undefined) throw usage(setting, 'is no source: write dir:PATH');
  return path;
}

function freeName(wanted: string, sources: readonly SourceConfig[]): string {
  const taken = (name: string) => sources.some((source) => source.name === name);
  let name = wanted;
  for (let number = 2; taken(name); number++) name = `${wanted}-${number}`;
  return name;
}
