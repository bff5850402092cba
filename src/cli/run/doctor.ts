import { ApiClient, ApiError, NoDaemonError } from '../../client/index.ts';
import { packageVersion } from '../../config/package-version.ts';
import { resolveCommand } from '../../process/index.ts';
import {
  bootstrapStatus,
  checkClients,
  checkCompiler,
  checkGit,
  checkInotify,
  checkLock,
  checkNode,
  checkServices,
  checkWorkspace,
  clientFiles,
  type Check,
} from '../../setup/index.ts';
import { DeadlineError } from '../../shared/abort.ts';
import { ClarityError, errorCode } from '../../shared/errors.ts';
import { printable } from '../../shared/text.ts';
import type { StatusAnswer } from '../../wire/answers.ts';
import type { Options } from '../commands/doctor.ts';
import { EXIT, type ExitCode } from '../cli-error.ts';
import { printData, type CommandContext } from '../command-context.ts';

const ASK_MS = 5000;

interface DaemonFindings {
  readonly checks: readonly Check[];
  readonly status?: StatusAnswer;
}

/** The body of `clarityctl doctor`. The answer has the original's keys (original contract §6). */
export async function runDoctor(context: CommandContext, { compilerBin }: Options): Promise<ExitCode> {
  const { input, settings, signal, connection } = context;
  const daemon = await checkDaemon(context);
  const workspace = isLocal(connection.url) ? (daemon.status?.workspace ?? input.cwd) : input.cwd;
  const programs = { cwd: input.cwd, env: input.env, clock: input.clock, signal };
  const others = await Promise.all([
    checkCompiler(compilerBin ?? settings.compilerBin, programs),
    checkWorkspace(workspace),
    checkServices(workspace),
    checkLock(workspace, daemon.status !== undefined, isAlive),
    checkGit(programs),
    checkInotify(),
  ]);
  const checks = [...daemon.checks, ...others, checkNode(process.versions.node), ...(await clientChecks(context))];
  const ok = checks.every(({ status }) => status !== 'fail');
  const { status } = daemon;
  if (!printData(context, { ok, checks, ...(status === undefined ? {} : { status }) }))
    printChecks(context, checks, ok);
  return ok ? EXIT.ok : EXIT.no;
}

async function checkDaemon({ connection, signal }: CommandContext): Promise<DaemonFindings> {
  const { url, token } = connection;
  try {
    const status = await new ApiClient({ ...connection, timeoutMs: ASK_MS }).status({ signal });
    return { status, checks: checksOf(status, url, token) };
  } catch (error) {
    return { checks: [unreached(error, url, token)] };
  }
}

function checksOf({ runtime, ready, reasons, sources }: StatusAnswer, url: string, token?: string): readonly Check[] {
  const own = packageVersion();
  const wrong = sources.filter(({ errors }) => errors > 0).map(({ name, errors }) => `${name}: ${String(errors)}`);
  const check = (name: string, good: boolean, detail: string, fix: string): Check =>
    good ? { name, status: 'ok', detail } : { name, status: 'warn', detail, fix };
  return [
    check('daemon', ready, ready ? `answers at ${url}` : `is not ready: ${reasons.join('; ')}`, 'clarityctl describe'),
    check(
      'version',
      runtime.version === own,
      runtime.version === own ? own : `the daemon is ${runtime.version}, clarityctl ${own}`,
      'Restart the daemon, or install the same version of both.',
    ),
    { name: 'token', status: 'ok', detail: token === undefined ? 'none is needed from here' : 'accepted' },
    check(
      'manifests',
      wrong.length === 0,
      wrong.length === 0 ? 'all are valid' : `errors in ${wrong.join(', ')}`,
      'clarityctl validate',
    ),
  ];
}

/** Why no status came. Rethrows what has nothing to do with the daemon. */
function unreached(error: unknown, url: string, token?: string): Check {
  const fail = (name: string, detail: string, fix: string): Check => ({ name, status: 'fail', detail, fix });
  if (error instanceof NoDaemonError)
    return fail('daemon', error.message, 'Start one: npx clarityd. Or point --daemon-url (CLARITYD_URL) at yours.');
  if (error instanceof DeadlineError)
    return fail('port', `what listens at ${url} does not answer`, 'See what holds the port, or take another: --port.');
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'Unauthorized')
    return fail(
      'token',
      token === undefined ? 'the daemon asks for a token' : 'the daemon refuses the token',
      'Set CLARITYD_AUTH_TOKEN to the token that the daemon was started with.',
    );
  if (error.code === 'Internal' && error.status !== 500)
    return fail(
      'port',
      `what answers at ${url} is no Clarity daemon (HTTP ${String(error.status)})`,
      'Start clarityd on another port and point --daemon-url at it.',
    );
  return fail('daemon', error.message, 'See the daemon’s log.');
}

async function clientChecks({ input, connection }: CommandContext): Promise<readonly Check[]> {
  try {
    const clients = await bootstrapStatus(clientFiles(input.env));
    const isInstalled = (command: string) => isCommand(command, input.cwd, input.env.PATH);
    return await checkClients({ clients, daemonUrl: connection.url, isInstalled });
  } catch (error) {
    if (!(error instanceof ClarityError)) throw error;
    return [{ name: 'clients', status: 'warn', detail: error.message, fix: 'Set HOME.' }];
  }
}

async function isCommand(command: string, cwd: string, path: string | undefined): Promise<boolean> {
  try {
    await resolveCommand(command, cwd, path);
    return true;
  } catch (error) {
    if (error instanceof ClarityError && error.code === 'CommandNotFound') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return errorCode(error) === 'EPERM';
  }
}

function isLocal(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

function printChecks({ print, paint }: CommandContext, checks: readonly Check[], ok: boolean): void {
  const mark = { ok: paint.green('ok  '), warn: paint.yellow('warn'), fail: paint.red('fail') };
  for (const { name, status, detail, fix } of checks) {
    print(`${mark[status]}  ${name.padEnd(10)}  ${printable(detail)}`);
    if (fix !== undefined) print(`      ${' '.repeat(10)}  → ${printable(fix)}`);
  }
  print(ok ? 'Nothing is in the way.' : 'Something is in the way: see the lines marked fail.');
}
