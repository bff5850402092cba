import { resolve } from 'node:path';
import type { SourceSpec } from '../manifest/index.ts';
import { isGitPath } from '../shared/git-location.ts';
import type { SourceConfig } from '../shared/source-config.ts';

/** What a Source document asks for; its relative paths begin at the workspace (manifest.md, Source). */
export function declaredConfig(name: string, spec: SourceSpec, workspace: string): SourceConfig {
  const { git, dir = '', ref, path, intervalMs, verify, secretRef, allowPush, prune } = spec;
  if (git === undefined) return { name, kind: 'dir', path: resolve(workspace, dir), explicit: true };
  return {
    name,
    kind: 'git',
    url: isGitPath(git) ? resolve(workspace, git) : git,
    ...(ref === undefined ? {} : { ref }),
    path,
    intervalMs,
    ...(verify && { verify: { mode: verify.mode, allowedSigners: resolve(workspace, verify.allowedSigners) } }),
    ...(secretRef === undefined ? {} : { secretRef }),
    allowPush,
    prune,
  };
}
