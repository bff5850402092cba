import type { Readable } from 'node:stream';
import { childEnvironment, spawnChild } from '../../process/index.ts';
import { DeadlineError, withDeadline } from '../../shared/abort.ts';
import type { Clock } from '../../shared/clock.ts';
import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';

/** Bytes of output that a command may give; whoever expects more asks in parts. */
const MAX_OUTPUT = 64 * 1024 * 1024;
/** Bytes of stderr that are kept: the last ones. */
const MAX_STDERR = 16 * 1024;
const TIMEOUT_MS = 60_000;
/** What git, curl and ssh need of the daemon's environment beside the usual: an agent, and the authorities to trust. */
const INHERITED = ['SSH_AUTH_SOCK', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'CURL_CA_BUNDLE'];

/**
 * Of whatever a person has configured nothing counts, and a repository runs nothing: no hooks, no helpers, no remote that is a command. Nothing is
 * left running either: git's housekeeping would go on in the background.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'credential.helper': '',
  'fetch.recurseSubmodules': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.ext.allow': 'never',
};

const OWN_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
  GIT_ASKPASS: '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  SSH_ASKPASS: '',
  // Nobody is there to be asked, and a connection that is kept open would outlive the command.
  GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ControlMaster=no -o ControlPath=none',
};

export interface GitOptions {
  readonly clock: Clock;
  /** The daemon's environment; git gets the allow-list of every child. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `<state hash>:<what for>`, the mark of its processes. */
  readonly instance: string;
}

export interface GitRun {
  /** Absolute. */
  readonly cwd: string;
  /** Configuration for this command alone, by name (`http.extraHeader`): never in its arguments, so that it may be secret. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables for this command alone. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface GitResult {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: Buffer;
  /** Its last part. */
  readonly stderr: string;
}

/** The one way to run git: no shell, no prompt, no configuration but ours, a deadline, nothing left behind. */
export class Git {
  readonly #options: GitOptions;

  constructor(options: GitOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** Resolves however git ended. Throws ClarityError where it cannot be started, takes too long or says too much, and the signal's reason. */
  async run(args: readonly string[], run: GitRun): Promise<GitResult> {
    const { clock, env, instance } = this.#options;
    run.signal?.throwIfAborted();
    const own = { ...OWN_ENVIRONMENT, ...settingsAsVariables({ ...SETTINGS, ...run.settings }), ...run.env };
    const environment = childEnvironment(env, INHERITED, own);
    const child = await spawnChild({ command: 'git', args, cwd: run.cwd, env: environment, instance }, clock);
    const what = `git ${args[0] ?? ''}`;
    let ended = false;
    try {
      child.stdin.end(run.input ?? '');
      const work = () => Promise.all([child.exited, all(child.stdout, what), tail(child.stderr)]);
      const [exit, stdout, stderr] = await withDeadline(clock, what, run.timeoutMs ?? TIMEOUT_MS, run.signal, work);
      ended = true;
      return { code: exit.code, stdout, stderr };
    } catch (error) {
      if (error instanceof DeadlineError) throw new ClarityError('SourceUnreadable', error.message, { cause: error });
      throw error;
    } finally {
      // git may have started ssh and others, which its own end does not end.
      if (!ended) await child.stop(0);
    }
  }

  /** What a command prints that has to end with 0. Throws ClarityError SourceUnreadable with git's last words where it does not. */
  async must(args: readonly string[], run: GitRun): Promise<Buffer> {
    const result = await this.run(args, run);
    if (result.code === 0) return result.stdout;
    throw new ClarityError('SourceUnreadable', `git ${args[0] ?? ''} failed: ${wordsOf(result)}`);
  }
}

/** What stands behind every failure of a transport, and says nothing of this one. */
const BOILERPLATE = /^(?:Please make sure you have the correct access rights|and the repository exists\.|hint: )/;

/** What git and the remote said of a failure, in one line for people: the cause comes first, what follows from it behind. */
export function wordsOf({ code, stderr }: GitResult): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !BOILERPLATE.test(line));
  return lines.length === 0
    ? `it ended with ${String(code ?? 'a signal')}`
    : oneLine(lines.slice(0, 5).join(' | '), 500);
}

function settingsAsVariables(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings);
  const numbered = entries.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${String(at)}`, key],
    [`GIT_CONFIG_VALUE_${String(at)}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...(Object.fromEntries(numbered) as Record<string, string>) };
}

async function all(stream: Readable, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_OUTPUT)
      throw new ClarityError('SourceUnreadable', `${what} printed more than ${String(MAX_OUTPUT)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function tail(stream: Readable): Promise<string> {
  let kept: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) kept = Buffer.concat([kept, chunk]).subarray(-MAX_STDERR);
  return kept.toString('utf8');
}
