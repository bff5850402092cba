import { join } from 'node:path';
import { stdioManifest } from './manifests.ts';

const ENTRY = join(import.meta.dirname, '../fixtures/servers/versioned-stdio.mjs');

/** Faults and habits of the fixture server; see there. */
export interface VersionedOptions {
  readonly exit?: true;
  readonly silent?: true;
  readonly tool?: string;
  readonly lock?: string;
  readonly journal?: string;
}

/** A manifest of the server whose tool `version` answers with its version; `spec` as in stdioManifest. */
export function versionedManifest(name: string, version: string, options: VersionedOptions = {}, spec = ''): string {
  return stdioManifest(name, [ENTRY, version, JSON.stringify(options)], spec);
}
