import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A manifest of a stdio service as a person would write it. */
export function serviceText(name: string, extra = ''): string {
  return [
    'apiVersion: clarity.runtime/v1',
    'kind: MCPService',
    'metadata:',
    `  name: ${name} # the identity`,
    'spec:',
    '  origin:',
    '    type: local_stdio',
    `    command: node${extra === '' ? '' : `\n${extra}`}`,
    '',
  ].join('\n');
}

/** A workspace with a services.d in a temporary folder that goes with the test. */
export class ServicesFolder {
  readonly workspace = mkdtempSync(join(tmpdir(), 'clarity-'));
  readonly root = join(this.workspace, 'services.d');

  constructor() {
    mkdirSync(this.root);
    onTestFinished(() => rmSync(this.workspace, { recursive: true, force: true }));
  }

  path(file: string): string {
    return join(this.root, file);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true, force: true });
  }
}
