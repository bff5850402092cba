import { basename, dirname, resolve } from 'node:path';
import { API_VERSION, normalizeNamespace, parseManifests, toYaml } from '../../manifest/index.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Project } from '../../toolchain/project-file.ts';
import type { AppliedFile } from '../applied-documents.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { renderFinding } from '../output/diagnostics.ts';
import type { AgentFlags, ServiceFlags } from './add-options.ts';
import { agentDescriptor } from './agent-descriptor.ts';
import type { ProgramGrants } from './grants-for.ts';

/** What a manifest of a program is made of. Paths are relative to the current folder. */
export interface ManifestParts {
  readonly file: string;
  readonly project?: Project;
  readonly wasmPath?: string;
  /** A command and its first arguments, split at blanks. */
  readonly compiler?: string;
  /** Absent where nobody could look into the module: then the defaults of an original manifest hold. */
  readonly grants?: ProgramGrants;
}

/**
 * The manifest of a program, as a person would write it in the current folder. Throws a usage error where no name can be made, and CliError
 * (exit 1) where it would not be valid.
 */
export function serviceManifest(context: CommandContext, parts: ManifestParts, flags: ServiceFlags): AppliedFile {
  const { grants, file } = parts;
  const origin = {
    type: 'local_wasm',
    ...given({ wasmPath: parts.wasmPath, entry: flags.entry }),
    ...(parts.compiler === undefined ? {} : { compiler: compilerOf(parts.compiler) }),
    ...(grants === undefined ? {} : grantFields(grants)),
  };
  const fallbackName = nameOfFile(context.input.cwd, file);
  return originManifest(context, { label: file, sourceFile: file, fallbackName, origin, ...parts }, flags);
}

/** What a manifest of any origin is made of. */
export interface OriginParts {
  /** What messages call it. */
  readonly label: string;
  readonly origin: JsonObject;
  /** The name where none is given. */
  readonly fallbackName: string;
  readonly sourceFile?: string;
  readonly project?: Project;
}

/** As `serviceManifest`, whatever the origin is. */
export function originManifest(
  context: CommandContext,
  { label, origin, fallbackName, sourceFile, project }: OriginParts,
  flags: AgentFlags & Pick<ServiceFlags, 'name' | 'module' | 'serviceType'>,
): AppliedFile {
  const wanted = flags.name ?? project?.name;
  const name = serviceName(wanted ?? fallbackName);
  const module = flags.module ?? project?.module;
  const displayName = wanted === undefined || wanted === name ? undefined : [...wanted].slice(0, 80).join('');
  const isAgent = (flags.serviceType ?? project?.service_type) === 'agent';
  const fallback = { module: normalizeNamespace(module ?? name), displayName: displayName ?? module ?? name };
  const text = toYaml({
    apiVersion: API_VERSION,
    kind: 'MCPService',
    metadata: {
      name,
      ...given({ displayName, module, sourceFile, version: project?.version }),
      ...(isAgent ? { serviceType: 'agent', agent: agentDescriptor(flags, project?.agent, fallback) } : {}),
    },
    spec: { origin },
  });
  return checked(context, { file: `the manifest of ${label}`, path: undefined, text });
}

/** `spec.origin.env` and `capabilities`. */
export function grantFields({ env, capabilities }: ProgramGrants): JsonObject {
  const entries = env.length === 0 ? {} : { env: env.map((entry) => ({ ...entry })) };
  return { ...entries, capabilities: capabilities as JsonObject };
}

/** A name that metadata.name takes: lower case, other characters as dashes. Throws a usage error where nothing is left of it. */
function serviceName(wanted: string): string {
  const plain = wanted
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  if (plain !== '') return plain;
  throw new CliError(EXIT.usage, `no name can be made of "${wanted}"`, { hint: 'Give one with --name.' });
}

function nameOfFile(cwd: string, file: string): string {
  const base = basename(file).replace(/\.(clarity|wasm)$/, '');
  return base === 'main' ? basename(dirname(resolve(cwd, file))) : base;
}

function compilerOf(words: string): JsonObject {
  const [command = '', ...args] = words.trim().split(/\s+/);
  return { command, ...(args.length === 0 ? {} : { args }) };
}

function given(fields: Readonly<Record<string, string | undefined>>): JsonObject {
  const entries = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function checked(context: CommandContext, file: Omit<AppliedFile, 'parsed'>): AppliedFile {
  const parsed = parseManifests(file.file, file.text);
  const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return { ...file, parsed };
  throw new CliError(EXIT.no, errors.map((each) => renderFinding(each, context.paint)).join('\n'));
}
