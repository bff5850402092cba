import { resolve } from 'node:path';
import { grantsByDefault, type Need, type WasmOrigin } from '../../manifest/index.ts';

/** What one service may reach, ready to be asked. An undefined list: the class is not granted at all. */
export interface Grants {
  /** False for an original manifest, which names no capabilities. */
  readonly declared: boolean;
  /** Hosts, lower case. */
  readonly net: readonly string[] | undefined;
  /** Absolute paths; those of `write` may be read, too. */
  readonly fs: { readonly read: readonly string[]; readonly write: readonly string[] } | undefined;
  /** What get_secret gives, by name: the granted env[] entries only. Undefined: neither env nor secrets is granted. */
  readonly values: Readonly<Record<string, string>> | undefined;
  readonly model: boolean;
  readonly mcp: boolean;
  readonly a2a: boolean;
  readonly hitl: boolean;
}

/** Whether a class is granted at all; what no service has is not. */
export function isGranted(grants: Grants, need: Need): boolean {
  switch (need) {
    case 'terminal':
    case 'port':
      return false;
    case 'net':
      return grants.net !== undefined;
    case 'fs':
      return grants.fs !== undefined;
    case 'env':
    case 'secrets':
      return grants.values !== undefined;
    default:
      return grants[need];
  }
}

/** `env`: the resolved env[] entries; `workspace`: what relative paths are relative to. */
export function grantsOf(origin: WasmOrigin, env: Readonly<Record<string, string>>, workspace: string): Grants {
  const { capabilities } = origin;
  const paths = (list: readonly string[] | undefined) => (list ?? []).map((path) => resolve(workspace, path));
  if (capabilities === undefined)
    return {
      declared: false,
      net: undefined,
      fs: undefined,
      values: env,
      model: grantsByDefault('model'),
      mcp: false,
      a2a: false,
      hitl: grantsByDefault('hitl'),
    };
  const { net, fs, secrets, env: names, model = false, mcp = false, a2a = false, hitl = false } = capabilities;
  return {
    declared: true,
    net: net?.map((host) => host.trim().toLowerCase()),
    fs: fs === undefined ? undefined : { read: paths(fs.read), write: paths(fs.write) },
    values: secrets === undefined && names === undefined ? undefined : granted(origin, env, secrets, names),
    model,
    mcp,
    a2a,
    hitl,
  };
}

function granted(
  { env: entries }: WasmOrigin,
  env: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
  names: readonly string[] = [],
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, secretRef } of entries) {
    const value = env[name];
    if (value !== undefined && (secretRef === undefined ? names : secrets).includes(name)) values[name] = value;
  }
  return values;
}

/** Something that a service was not allowed to do: goes into its log and the audit. */
export interface Refusal {
  readonly need: Need;
  /** A whole sentence: what was tried, and why not. */
  readonly message: string;
  /** The line of the manifest that would allow it, such as `spec.origin.capabilities.net: [api.example.com]`; absent where nothing would. */
  readonly add?: string;
}
