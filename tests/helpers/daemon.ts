import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const START_MS = 30_000;

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of ours to its end, as a person would from `cwd`. */
export async function run(
  bin: 'clarityctl' | 'clarityd',
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [join(ROOT, 'bin', `${bin}.js`), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A folder with a services.d of its own, and the daemons that a test runs on it. */
export class Workspace {
  readonly dir: string;
  readonly #daemons: Daemon[] = [];

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async create(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'clarity-e2e-')));
    await mkdir(join(workspace.dir, 'services.d'));
    for (const [path, text] of Object.entries(files)) await workspace.write(path, text);
    return workspace;
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text);
  }

  /** Starts a daemon on a free port and waits for its `ready` line. */
  async daemon(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Daemon> {
    const daemon = await Daemon.start(this, args, env);
    this.#daemons.push(daemon);
    return daemon;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#daemons.map((daemon) => daemon.stop()));
    await rm(this.dir, { recursive: true, force: true });
  }
}

export class Daemon {
  readonly #child: ChildProcess;
  readonly #workspace: Workspace;
  readonly url: string;
  stderr = '';

  private constructor(child: ChildProcess, workspace: Workspace, url: string) {
    this.#child = child;
    this.#workspace = workspace;
    this.url = url;
  }

  static async start(workspace: Workspace, args: readonly string[], env: Record<string, string>): Promise<Daemon> {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'bin/clarityd.js'), '--port', '0', '--workspace', workspace.dir, ...args],
      { cwd: workspace.dir, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stdout = '';
    let stderr = '';
    const ready = new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ready line within ${String(START_MS)} ms: ${stdout}${stderr}`)),
        START_MS,
      );
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk;
        const match = /^ready (http:\/\/\S+)\/mcp$/m.exec(stdout);
        if (match?.[1] === undefined) return;
        clearTimeout(timer);
        resolve(match[1]);
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`clarityd ended with ${String(code ?? signal)}: ${stderr}`));
      });
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const daemon = new Daemon(child, workspace, await ready);
    daemon.stderr = stderr;
    child.stderr.on('data', (chunk: string) => (daemon.stderr += chunk));
    return daemon;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get mcp(): string {
    return `${this.url}/mcp`;
  }

  /** Runs clarityctl against this daemon. */
  ctl(...args: string[]): Promise<Ran> {
    return run('clarityctl', ['--daemon-url', this.url, ...args], { cwd: this.#workspace.dir });
  }

  /** The parsed JSON of a clarityctl command; throws with its stderr where it fails. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.ctl(...args, '-o', 'json');
    if (code !== 0) throw new Error(`clarityctl ${args.join(' ')} ended with ${String(code)}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as T;
  }

  /** Sends a signal and waits for the end; the exit code, or the signal's name. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null)
      return this.#child.exitCode ?? this.#child.signalCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    const [code, killedBy] = (await ended) as [number | null, NodeJS.Signals | null];
    return code ?? killedBy;
  }
}
