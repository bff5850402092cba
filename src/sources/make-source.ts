import type { LastGoodStore, SecretResolver, Source, SourceMetrics } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import type { SourceConfig } from '../shared/source-config.ts';
import { DirectorySource, type DirectorySourceOptions } from './directory/directory-source.ts';
import { GitSource } from './git/git-source.ts';

/** What every source is given by the composition root. */
export interface SourceParts {
  readonly clock: Clock;
  /** What relative paths of the manifests of a folder are relative to. */
  readonly workspace: string;
  readonly lastGood: LastGoodStore;
  readonly parsed: NonNullable<DirectorySourceOptions['parsed']>;
  readonly limits: DefaultLimits;
  readonly metrics: SourceMetrics;
  /** The daemon's folder, where repositories and their files lie, and its mark on processes. */
  readonly stateDir: string;
  readonly stateHash: string;
  /** Of repositories that want credentials. */
  readonly secrets: SecretResolver;
  /** The daemon's environment, out of which git gets the allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What an operator should know of a source. One line, without secrets. */
  readonly warn: (message: string, source: string) => void;
}

/** The source that a flag or a Source document asks for, not started. Throws ClarityError BadRequest for what cannot be one. */
export function makeSource(config: SourceConfig, parts: SourceParts): Source {
  const { name } = config;
  const { clock, workspace, lastGood, parsed, limits, metrics, stateDir, stateHash, secrets, env } = parts;
  const common = {
    ...{ name, clock, lastGood, parsed, limits },
    onLooked: (complete: boolean) => metrics.looked(name, complete),
    warn: (message: string) => parts.warn(message, name),
  };
  if (config.kind === 'git') return new GitSource({ ...config, ...common, stateDir, stateHash, secrets, env });
  return new DirectorySource({ ...common, workspace, root: config.path, onMiss: () => metrics.missed(name) });
}
