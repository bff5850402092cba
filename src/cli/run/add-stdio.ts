import { addOrigin } from '../add/add-origin.ts';
import { readGrants } from '../add/read-grants.ts';
import type { ExitCode } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/add-stdio.ts';

/** The body of `clarityctl add-stdio`. */
export async function runAddStdio(
  context: CommandContext,
  [name = '', command = '', ...args]: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const { cwd, inheritEnv = [], module, env = [], secret = [] } = options;
  const { entries } = readGrants({ env, secret });
  const origin = {
    type: 'local_stdio',
    command,
    ...(args.length === 0 ? {} : { args: [...args] }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(entries.length === 0 ? {} : { env: entries.map((entry) => ({ ...entry })) }),
    ...(inheritEnv.length === 0 ? {} : { inheritEnv: [...inheritEnv] }),
  };
  const named = { name, ...(module === undefined ? {} : { module }) };
  return addOrigin(context, { label: name, origin, fallbackName: name }, { ...options, ...named });
}
