import { parseManifests, toYaml } from '../../manifest/index.ts';
import { SERVER_NAME } from '../clients/gateway-entry.ts';
import type { FoundServer } from './client-server.ts';
import { readConfig } from './read-config.ts';
import { SecretVariables } from './secret-variables.ts';
import { fromRegistry, toManifest, type Made } from './to-manifest.ts';

/** A configuration file to import. */
export interface ImportFile {
  /** As a person would write it. */
  readonly file: string;
  readonly text: string;
}

/** One server of a file. */
export interface ImportedServer {
  readonly file: string;
  /** Its key in the file. */
  readonly server: string;
  /** metadata.name of the manifest. */
  readonly name: string;
  /** The manifest as YAML; absent where there is none. */
  readonly manifest?: string;
  /** Why there is none. */
  readonly problem?: string;
  /** It is our own gateway, which must not serve itself: no problem. */
  readonly own?: true;
  /** What the person has to know or to do. */
  readonly notes: readonly string[];
}

/** Namespaces of the built-in tools, which no service may have. */
const RESERVED = new Set(['runtime', 'clarity']);

/**
 * The manifests for every server of some files. Names that are used twice are numbered, over all files.
 * Throws ClarityError ClientConfigInvalid where a file cannot be read.
 */
export function importServers(files: readonly ImportFile[], home: string | undefined): readonly ImportedServer[] {
  const taken = new Set<string>();
  const secrets = new SecretVariables();
  return files.flatMap(({ file, text }) =>
    readConfig(file, text).map((found) => {
      if (isGateway(found)) return { file, server: found.name, name: found.name, own: true as const, notes: [] };
      const name = freeName(found.name, taken);
      const made = makeOf(found, name, { file, home, secrets });
      return { file, server: found.name, name, ...finished(file, made) };
    }),
  );
}

function makeOf(found: FoundServer, name: string, setting: Parameters<typeof toManifest>[2]): Made {
  if (found.kind === 'unreadable') return { problem: found.why };
  return found.kind === 'manifest' ? fromRegistry(found, name, setting) : toManifest(found, name, setting);
}

function finished(file: string, made: Made): Pick<ImportedServer, 'manifest' | 'problem' | 'notes'> {
  if ('problem' in made) return { problem: made.problem, notes: [] };
  const manifest = toYaml(made.manifest);
  const errors = parseManifests(file, manifest).diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return { manifest, notes: made.notes };
  return { problem: errors.map(({ message }) => message).join('; '), notes: [] };
}

/** What bootstrap wrote, or a person by hand: a gateway that serves itself would never end. */
function isGateway(found: FoundServer): boolean {
  if (found.kind !== 'server') return false;
  const { command = '', args } = found;
  return found.name === SERVER_NAME || (/(^|[/\\])clarityctl(\.js)?$/.test(command) && args.includes('gateway'));
}

function freeName(wanted: string, taken: Set<string>): string {
  const plain = wanted
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = RESERVED.has(plain) ? `${plain}-server` : plain === '' ? 'server' : plain;
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${String(number)}`;
    const name = `${base.slice(0, 63 - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
