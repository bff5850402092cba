import { onTestFinished } from 'vitest';
import type { LastGoodStore, Snapshot } from '../../src/reconcile/ports.ts';
import { DirectorySource, type DirectorySourceOptions } from '../../src/sources/directory/directory-source.ts';
import { systemClock } from './clock.ts';
import type { ServicesFolder } from './services-folder.ts';

/** Short times, in the proportions of the real ones. */
const QUICK = {
  quietMs: 60,
  stableMs: 30,
  doubtMs: 150,
  confirmMs: 300,
  busyMs: 300,
  lockPollMs: 10,
  pollMs: 100,
};

export class MemoryLastGood implements LastGoodStore {
  readonly texts = new Map<string, string>();

  load() {
    return [...this.texts].map(([file, text]) => ({ file, text }));
  }
  save(_source: string, file: string, text: string): void {
    this.texts.set(file, text);
  }
  forget(_source: string, file: string): void {
    this.texts.delete(file);
  }
}

/** A directory source with everything that it reported. */
export class ObservedSource {
  readonly reports: Snapshot[] = [];
  readonly warnings: string[] = [];
  readonly lastGood: MemoryLastGood;
  readonly source: DirectorySource;
  missed = 0;

  constructor(
    { root, workspace }: Pick<ServicesFolder, 'root' | 'workspace'>,
    options: Partial<DirectorySourceOptions> = {},
  ) {
    this.lastGood = (options.lastGood as MemoryLastGood | undefined) ?? new MemoryLastGood();
    this.source = new DirectorySource({
      name: 'services.d',
      root,
      workspace,
      clock: systemClock,
      onMiss: () => (this.missed += 1),
      warn: (message) => this.warnings.push(message),
      ...options,
      lastGood: this.lastGood,
      intervals: { ...QUICK, ...options.intervals },
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

  /** Names of the documents that would run, sorted. */
  names(snapshot: Snapshot = this.latest): string[] {
    return snapshot.files.flatMap(({ documents }) => documents.map(({ name }) => name)).sort();
  }

  /** Names that were in every report. */
  alwaysThere(): string[] {
    const [first, ...others] = this.reports.map((report) => new Set(this.names(report)));
    return [...(first ?? [])].filter((name) => others.every((names) => names.has(name))).sort();
  }

  specHash(name: string): string | undefined {
    const documents = this.latest.files.flatMap((file) => file.documents);
    return documents.find((document) => document.name === name)?.specHash;
  }
}
