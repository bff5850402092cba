import { readdirSync, readFileSync } from 'node:fs';
import { parseManifests, type Kind } from '../../src/manifest/index.ts';
import type { DocumentOrigin, ManifestWriter, WriteResult } from '../../src/reconcile/ports.ts';
import { DirectoryWriter } from '../../src/writer/directory-writer.ts';
import { ServicesFolder } from './services-folder.ts';

type Apply = Parameters<ManifestWriter['apply']>[0];

/** A services.d with a writer over it. */
export class WriterFolder extends ServicesFolder {
  readonly writer = new DirectoryWriter(() => [{ name: 'services.d', root: this.root, workspace: this.workspace }]);

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  files(): string[] {
    return readdirSync(this.root, { recursive: true }).map(String).sort();
  }

  /** Where a document stands, as the controller would say it. */
  at(file: string, name: string, kind: Kind = 'MCPService'): DocumentOrigin {
    const { documents } = parseManifests(file, this.read(file));
    const found = documents.find((document) => document.kind === kind && document.name === name)!;
    const { index, line } = found;
    return { source: 'services.d', revision: 'dir@sha256:0', file: `services.d/${file}`, line, index };
  }

  apply(name: string, text: string, options: Partial<Apply> = {}): Promise<WriteResult> {
    const request = { kind: 'MCPService', name, text, at: undefined, managedBy: 'clarityctl', force: false } as const;
    return this.writer.apply({ ...request, ...options });
  }
}
