import { looksSecret } from '../../../manifest/index.ts';
import { ClarityError } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { registrationText, type RegisterArgs } from './registration.ts';

/** What runtime__register_stdio takes. */
export interface StdioArgs extends Omit<RegisterArgs, 'module' | 'service_type' | 'agent_descriptor'> {
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly secret_env?: Readonly<Record<string, string>>;
  readonly inherit_env?: readonly string[];
  readonly timeout_ms?: number;
  readonly max_concurrency?: number;
}

/** The manifest of a program that speaks MCP over stdin and stdout. Throws BadRequest for a secret that stands there in plain text. */
export function stdioManifest(given: StdioArgs): string {
  const { name, command, args, cwd, inherit_env: inheritEnv } = given;
  const env = [...plainEntries(given.env ?? {}), ...secretEntries(given.secret_env ?? {})];
  const origin = {
    type: 'local_stdio',
    command,
    ...(args === undefined ? {} : { args }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(env.length === 0 ? {} : { env }),
    ...(inheritEnv === undefined ? {} : { inheritEnv }),
    ...(given.timeout_ms === undefined ? {} : { timeoutMs: given.timeout_ms }),
    ...(given.max_concurrency === undefined ? {} : { maxConcurrency: given.max_concurrency }),
  };
  return registrationText({ ...given, service_type: 'mcp' }, { name, module: name, origin });
}

function plainEntries(env: Readonly<Record<string, string>>): readonly JsonObject[] {
  const secret = Object.keys(env).find(looksSecret);
  if (secret !== undefined)
    throw new ClarityError(
      'BadRequest',
      `the variable ${secret} sounds like a secret, and a manifest is no place for one: store it (runtime__set_auth_secret, or a variable of the daemon) ` +
        `and pass secret_env: {"${secret}": "file:${secret.toLowerCase()}"} or {"${secret}": "env:${secret}"} instead`,
    );
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

function secretEntries(env: Readonly<Record<string, string>>): readonly JsonObject[] {
  return Object.entries(env).map(([name, secretRef]) => ({ name, secretRef }));
}
