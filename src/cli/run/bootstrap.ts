import {
  bootstrap,
  bootstrapStatus,
  clientFiles,
  gatewayEntry,
  type BootstrapResult,
  type ClientStatus,
  type WrittenFile,
} from '../../setup/index.ts';
import { resolveCommand } from '../../process/index.ts';
import { ClarityError } from '../../shared/errors.ts';
import { printable } from '../../shared/text.ts';
import type { Options } from '../commands/bootstrap.ts';
import type { Options as RemoveOptions } from '../commands/bootstrap-remove.ts';
import { CliError, EXIT, type ExitCode } from '../cli-error.ts';
import { printData, printPatch, type CommandContext } from '../command-context.ts';

/** The body of `clarityctl bootstrap`. */
export async function runBootstrap(context: CommandContext, options: Options): Promise<ExitCode> {
  const { input, connection } = context;
  const files = clientFiles(input.env);
  if (options.status === true) return printStatus(context, await bootstrapStatus(files));
  const { transport, endpoint, withTokenEnv: tokenEnv, clients, dryRun = false } = options;
  const entry = asked(() => gatewayEntry({ transport, endpoint, tokenEnv }, connection.url));
  const agentsFolder = options.updateAgentsMd === true ? input.cwd : undefined;
  const done = await refusable(bootstrap({ files, clients, entry, agentsFolder, dryRun }));
  const url = entry.transport === 'http' ? { endpoint: entry.url } : {};
  printResult(context, { transport: entry.transport, ...url }, done, dryRun, 'configured');
  if (entry.transport === 'stdio') await warnOfMissing(context, entry.command);
  return EXIT.ok;
}

/** The body of `clarityctl bootstrap-remove`. */
export async function runBootstrapRemove(context: CommandContext, options: RemoveOptions): Promise<ExitCode> {
  const { clients, dryRun = false } = options;
  const agentsFolder = options.updateAgentsMd === true ? context.input.cwd : undefined;
  const files = clientFiles(context.input.env);
  const done = await refusable(bootstrap({ files, clients, entry: undefined, agentsFolder, dryRun }));
  printResult(context, { removed: !dryRun }, done, dryRun, 'removed');
  return EXIT.ok;
}

/** A wish that cannot be: usage. */
function asked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ClarityError) throw new CliError(EXIT.usage, error.message, { cause: error });
    throw error;
  }
}

/** A file that must not be touched: the answer is no. */
async function refusable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ClarityError)) throw error;
    const exit = error.code === 'BadRequest' ? EXIT.usage : EXIT.no;
    const hint = error.code === 'ClientConfigInvalid' ? 'Mend the file, or make the entry by hand.' : undefined;
    throw new CliError(exit, error.message, { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}

/** The original's keys; `patch` of a dry run. */
function printResult(
  context: CommandContext,
  head: object,
  { agentsMd, results }: BootstrapResult,
  dryRun: boolean,
  done: string,
): void {
  const item = ({ updated, path, patch }: WrittenFile) => ({ updated, path, ...(dryRun ? { patch } : {}) });
  const agents = agentsMd === undefined ? {} : { agents_md: item(agentsMd) };
  const items = results.map((result) => ({ client: result.client, ...item(result) }));
  if (printData(context, { ...head, ...agents, results: items })) return;
  const labelled = results.map((result) => ({ label: result.client, ...result }));
  for (const file of [...labelled, ...(agentsMd === undefined ? [] : [{ label: 'agents-md', ...agentsMd }])]) {
    const what = file.updated ? `${done}${dryRun ? ' (dry run)' : ''}` : 'unchanged';
    context.print(`${file.label} ${what}: ${printable(file.path)}`);
    if (dryRun) printPatch(context, file.patch);
  }
}

function printStatus(context: CommandContext, clients: readonly ClientStatus[]): ExitCode {
  if (!printData(context, { clients }))
    for (const client of clients) context.print(`${client.client} ${stateOf(client)}: ${printable(client.path)}`);
  return clients.some(({ error }) => error !== undefined) ? EXIT.no : EXIT.ok;
}

function stateOf({ present, configured, transport, endpoint, command, args, error, outdated }: ClientStatus): string {
  if (error !== undefined) return `unreadable (${printable(error)})`;
  if (!configured) return present ? 'not configured' : 'not configured (no file)';
  const how = transport === 'http' ? endpoint : [command, ...(args ?? [])].join(' ');
  const old = outdated === true ? ', in a form that it does not read: run clarityctl bootstrap' : '';
  return `configured (${printable([transport, how].filter(Boolean).join(' '))}${old})`;
}

/** A client that does not find the bridge says little about it. */
async function warnOfMissing({ input, warn }: CommandContext, command: string): Promise<void> {
  try {
    await resolveCommand(command, input.cwd, input.env.PATH);
  } catch (error) {
    if (!(error instanceof ClarityError)) throw error;
    warn(
      `warning: ${command} is not in PATH, so the clients will not find it: install the package globally, or use --transport http`,
    );
  }
}
