import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Snapshot } from '../../src/reconcile/ports.ts';
import { GitSource } from '../../src/sources/git/git-source.ts';
import type { GitSourceOptions } from '../../src/sources/git/options.ts';
import { systemClock } from './clock.ts';
import { MemoryLastGood } from './observed-source.ts';
import { tempFolder } from './temp-folder.ts';

/** A git source with everything that it reported. It looks when it is told to, not by the clock. */
export class ObservedGitSource {
  readonly reports: Snapshot[] = [];
  readonly warnings: string[] = [];
  readonly stateDir: string;
  readonly lastGood: MemoryLastGood;
  readonly source: GitSource;

  constructor(
    url: string,
    { lastGood = new MemoryLastGood(), ...options }: Partial<GitSourceOptions> & { lastGood?: MemoryLastGood } = {},
  ) {
    this.stateDir = options.stateDir ?? tempFolder();
    this.lastGood = lastGood;
    this.source = new GitSource({
      name: 'fleet',
      url,
      path: 'services.d',
      intervalMs: 3_600_000,
      allowPush: false,
      prune: true,
      clock: systemClock,
      stateHash: 'test',
      secrets: {
        resolve: () => Promise.reject(new Error('no secrets')),
        resolveHeader: () => Promise.reject(new Error()),
      },
      env: process.env,
      warn: (message) => this.warnings.push(message),
      ...options,
      stateDir: this.stateDir,
      lastGood,
    });
    onTestFinished(() => this.source.close());
  }

  async start(): Promise<Snapshot> {
    await this.source.start((snapshot) => this.reports.push(snapshot));
    return this.latest;
  }

  get latest(): Snapshot {
    return this.reports.at(-1)!;
  }

  refresh(): Promise<Snapshot> {
    return this.source.refresh();
  }

  /** Names of the documents that would run, sorted. */
  names(snapshot: Snapshot = this.latest): string[] {
    return snapshot.files.flatMap(({ documents }) => documents.map(({ name }) => name)).sort();
  }

  /** The text of a file below `current`. */
  read(path: string): string {
    return readFileSync(join(this.source.workspace, path), 'utf8');
  }

  namedFiles(name: string): string | undefined {
    const documents = this.latest.files.flatMap((file) => file.documents);
    return documents.find((document) => document.name === name)?.namedFiles;
  }
}
