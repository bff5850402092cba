import type { ManifestWriter, Repository } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { DefaultLimits } from '../shared/limits.ts';
import { DirectoryWriter } from './directory-writer.ts';
import { GitWriter } from './git-writer.ts';
import type { WritableSource } from './place.ts';
import { RoutedWriter } from './routed-writer.ts';

export type { WritableSource } from './place.ts';

/** What the writer of a daemon is made of. Both lists are asked for each request: sources come and go. */
export interface WriterDeps {
  readonly clock: Clock;
  /** The first takes new documents. */
  readonly directories: () => readonly WritableSource[];
  /** Undefined for a source that is no git source, or not there. */
  readonly repository: (source: string) => Repository | undefined;
  readonly limits?: DefaultLimits;
}

/** The writer of all sources. */
export function createWriter(deps: WriterDeps): ManifestWriter {
  const directories = new DirectoryWriter(deps.directories, deps.limits);
  return new RoutedWriter(directories, new GitWriter(deps), (source) => deps.repository(source) !== undefined);
}
