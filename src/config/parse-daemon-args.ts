import { Command, CommanderError, Option } from 'commander';
import { ClarityError } from '../shared/errors.ts';
import type { RuntimeConfig } from './config.ts';
import { daemonConfig } from './daemon-config.ts';
import type { Environment } from './environment.ts';
import { Settings } from './settings.ts';
import { VARIABLES, type Variable } from './variables.ts';

/** What a command line of clarityd asks for. */
export type DaemonCommand =
  /** `warnings`: sentences for the log, once there is one. */
  | { readonly kind: 'run'; readonly config: RuntimeConfig; readonly warnings: readonly string[] }
  /** --help or --version: to be written to stdout, and done. */
  | { readonly kind: 'print'; readonly text: string };

const EXAMPLES = `
Each flag has a variable, named in brackets; the flag wins. Further variables: docs/reference/environment.md.

Examples:
  clarityd                                    watch ./services.d, listen on 127.0.0.1:4707
  clarityd --services ./mcp --port 0          another folder, any free port (printed as "ready http://…")
  clarityd --source dir:../team/services      a second folder of manifests
  clarityd --source git+https://git.example.com/team/services.git#main:services.d
                                              manifests of a repository, as they are pushed
  CLARITYD_AUTH_TOKEN=… clarityd --host 0.0.0.0 --allowed-host mcp.example.com
                                              answer other machines, with a token

Exit: 0 clean stop, 1 failure, 2 usage, 3 another daemon holds the state directory.
SIGTERM and SIGINT stop in good order, a second one at once; SIGHUP looks at the sources again.
`;

/**
 * Reads the command line and the environment of clarityd (surfaces.md, clarityd). `argv` is without node and script.
 * Reads the token file; nothing else is touched. Throws ClarityError Usage.
 */
export function parseDaemonArgs(
  argv: readonly string[],
  env: Environment,
  cwd: string,
  version: string,
): DaemonCommand {
  let printed = '';
  const program = new Command('clarityd')
    .description('Runs the services that manifests declare, and serves them all at one MCP endpoint.')
    .version(version)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  for (const variable of VARIABLES) if ('flag' in variable) program.addOption(optionOf(variable));
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'print', text: printed };
    throw new ClarityError('Usage', error.message.replace(/^error: /, ''), { cause: error });
  }
  const warnings: string[] = [];
  const settings = new Settings(program.opts(), env);
  return { kind: 'run', config: daemonConfig(settings, env, cwd, (text) => warnings.push(text)), warnings };
}

function optionOf({ name, flag = '', list, choices, default: shown, meaning }: Variable): Option {
  const notes = [choices?.join(', '), shown === undefined ? undefined : `default ${shown}`, list && 'repeatable'];
  const told = notes.filter(Boolean).join('; ');
  const option = new Option(flag, `${meaning}${told === '' ? '' : ` (${told})`} [${name}]`);
  return list ? option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]) : option;
}
