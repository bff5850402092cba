import type { LastGoodStore, Source, SourceMetrics } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import type { SourceConfig } from '../shared/source-config.ts';
import { DirectorySource, type DirectorySourceOptions } from './directory/directory-source.ts';

/** What every source is given by the composition root. */
export interface SourceParts {
  readonly clock: Clock;
  /** What relative paths of the manifests of a folder are relative to. */
  readonly workspace: string;
  readonly lastGood: LastGoodStore;
  readonly parsed: NonNullable<DirectorySourceOptions['parsed']>;
  readonly limits: DefaultLimits;
  readonly metrics: SourceMetrics;
  /** What an operator should know of a source. One line, without secrets. */
  readonly warn: (message: string, source: string) => void;
}

/** The source that a flag or a Source document asks for, not started. */
export function makeSource(config: SourceConfig, parts: SourceParts): Source {
  const { name } = config;
  const { metrics, warn, ...common } = parts;
  const told = {
    onLooked: (complete: boolean) => metrics.looked(name, complete),
    warn: (message: string) => warn(message, name),
  };
  if (config.kind === 'git') throw new ClarityError('BadRequest', 'a repository cannot be read yet');
  return new DirectorySource({ ...common, ...told, name, root: config.path, onMiss: () => metrics.missed(name) });
}
