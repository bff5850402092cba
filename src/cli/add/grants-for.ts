import type { OutsideLiterals } from '../../compiler/typed/outside-literals.ts';
import { fileGrants, type Ask, type Capabilities, type EnvEntry } from '../../manifest/index.ts';

/** What the command line says about the grants, read and checked. */
export interface WantedGrants {
  readonly hosts: readonly string[];
  /** With a value, or a secretRef. */
  readonly entries: readonly EnvEntry[];
}

/** The part of a manifest that lets a program reach what it asks for, and no more. */
export interface ProgramGrants {
  readonly capabilities: Capabilities;
  readonly env: readonly EnvEntry[];
  /** Sentences: what a person may still have to do. */
  readonly hints: readonly string[];
}

const KEYS = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

/** Least privilege: only asked classes, of files only the asked direction, hosts and secrets by name (manifest.md, capabilities). */
export function grantsFor(
  asks: readonly Ask[],
  literals: OutsideLiterals | undefined,
  { hosts, entries }: WantedGrants,
): ProgramGrants {
  const asked = new Map(asks.map(({ need, imports }) => [need, imports]));
  const files = asked.get('fs');
  const net = hosts.length > 0 ? hosts : (literals?.hosts ?? []);
  const env = asked.has('secrets') ? [...entries, ...missing(entries, literals)] : entries;
  const capabilities: Capabilities = {
    ...(files === undefined ? {} : { fs: Object.fromEntries(fileGrants(files).map((way) => [way, ['.']])) }),
    ...(asked.has('net') ? { net } : {}),
    ...(asked.has('secrets') ? names(env, literals) : {}),
    ...flags(asked),
  };
  return { capabilities, env, hints: hintsOf(asked, { net, env, hosts }, literals) };
}

/** Entries for the secrets that the program names and the command line does not. */
function missing(entries: readonly EnvEntry[], literals: OutsideLiterals | undefined): readonly EnvEntry[] {
  const known = new Set(entries.map(({ name }) => name));
  const wanted = (literals?.secrets ?? []).filter((name) => VARIABLE.test(name) && !known.has(name));
  return wanted.map((name) => ({ name, secretRef: `env:${name}` }));
}

/** What `spec.origin.env` takes as a name. */
export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The entries that get_secret may be asked for: keys of models are the host's, not the program's. */
function names(env: readonly EnvEntry[], literals: OutsideLiterals | undefined): Pick<Capabilities, 'env' | 'secrets'> {
  const reads = ({ name }: EnvEntry) =>
    literals === undefined || literals.computedSecrets || literals.secrets.includes(name);
  const plain = env.filter((entry) => entry.secretRef === undefined && reads(entry)).map(({ name }) => name);
  const secret = env.filter((entry) => entry.secretRef !== undefined && reads(entry)).map(({ name }) => name);
  return {
    ...(plain.length === 0 ? {} : { env: plain }),
    ...(secret.length === 0 && plain.length > 0 ? {} : { secrets: secret }),
  };
}

function flags(asked: ReadonlyMap<string, unknown>): Pick<Capabilities, 'model' | 'mcp' | 'a2a' | 'hitl'> {
  const wanted = (['model', 'mcp', 'a2a', 'hitl'] as const).filter((need) => asked.has(need));
  return Object.fromEntries(wanted.map((need) => [need, true]));
}

function hintsOf(
  asked: ReadonlyMap<string, unknown>,
  { net, env, hosts }: { net: readonly string[]; env: readonly EnvEntry[]; hosts: readonly string[] },
  literals: OutsideLiterals | undefined,
): readonly string[] {
  const variables = env.flatMap(({ secretRef }) =>
    secretRef?.startsWith('env:') === true ? [secretRef.slice(4)] : [],
  );
  const computes = literals === undefined || literals.computedSecrets;
  const hints: readonly (string | false)[] = [
    asked.has('net') && net.length === 0 && 'It uses the network: name its hosts with --allow-host.',
    !asked.has('net') && hosts.length > 0 && 'It does not use the network: --allow-host is not needed.',
    asked.has('secrets') && computes && env.length === 0 && 'It reads secrets: name them with --secret.',
    asked.has('model') &&
      !env.some(({ name }) => KEYS.includes(name)) &&
      `It asks a language model: give the key with --secret ${KEYS.join(' or --secret ')}.`,
    variables.length > 0 &&
      `The daemon must have the ${variables.length === 1 ? 'variable' : 'variables'} ${variables.join(', ')}.`,
  ];
  return hints.filter((hint) => hint !== false);
}
