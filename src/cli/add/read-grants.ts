import type { EnvEntry } from '../../manifest/index.ts';
import { oneLine } from '../../shared/text.ts';
import { CliError, EXIT } from '../cli-error.ts';
import type { ServiceFlags } from './add-options.ts';
import { VARIABLE, type WantedGrants } from './grants-for.ts';

const HOST = /^(\[[0-9a-f:.]+\]|[^\s/:@?#[\]]+)(:\d{1,5})?$/i;

/** Reads --allow-host, --env and --secret. Throws a usage error for what is no host or no NAME=VALUE. */
export function readGrants({ allowHost = [], env = [], secret = [] }: ServiceFlags): WantedGrants {
  for (const host of allowHost)
    if (!HOST.test(host))
      throw new CliError(EXIT.usage, `--allow-host ${oneLine(host)}: write a name such as api.example.com`);
  const entries = new Map<string, EnvEntry>();
  for (const text of env) {
    const { name, value } = pair('--env', text);
    if (value === undefined) throw new CliError(EXIT.usage, `--env ${name}: write it as NAME=VALUE`);
    entries.set(name, { name, value });
  }
  for (const text of secret) {
    const { name, value: secretRef = `env:${name}` } = pair('--secret', text);
    entries.set(name, { name, secretRef });
  }
  return { hosts: [...new Set(allowHost)], entries: [...entries.values()] };
}

/** A value may hold `=`; it is never repeated in a message. */
function pair(flag: string, text: string): { readonly name: string; readonly value?: string } {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!VARIABLE.test(name))
    throw new CliError(
      EXIT.usage,
      `${flag} ${oneLine(name)}: a name has letters, digits and _, and begins with no digit`,
    );
  return at < 0 || at === text.length - 1 ? { name } : { name, value: text.slice(at + 1) };
}
