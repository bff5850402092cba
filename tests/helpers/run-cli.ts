import { Readable, Writable } from 'node:stream';
import type { CliInput } from '../../src/cli/cli-input.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { systemClock } from './clock.ts';

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSetting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Instead of `input`. */
  readonly stdin?: Readable;
  /** Whether stdout claims to be a terminal. */
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
  /** What writing to stdout fails with. */
  readonly failure?: Error;
  /** Sees each chunk of stdout as it comes. */
  readonly onOutput?: (text: string) => unknown;
  /** The same of stderr. */
  readonly onErrorOutput?: (text: string) => unknown;
}

/** Runs clarityctl in this process, with streams that are kept. */
export async function cli(argv: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const { input, finish } = testInput(argv, setting);
  return finish(await runCli({ ...input, ...(setting.signal === undefined ? {} : { signal: setting.signal }) }));
}

/** What a command line gets in place of its process, and how what it wrote becomes a result. */
export function testInput(argv: readonly string[], setting: CliSetting, terminalErrors = false) {
  const stdout = collector(setting.terminal === true, setting);
  const { onErrorOutput } = setting;
  const stderr = collector(terminalErrors, onErrorOutput && { onOutput: onErrorOutput });
  const input: CliInput = {
    argv,
    env: setting.env ?? {},
    cwd: setting.cwd ?? process.cwd(),
    stdin: setting.stdin ?? Readable.from(setting.input === undefined ? [] : [setting.input]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    fetch: globalThis.fetch,
    clock: systemClock,
  };
  const finish = (code: number): CliRun => ({ code, stdout: stdout.text(), stderr: stderr.text() });
  return { input, finish };
}

function collector(isTTY: boolean, { onOutput, failure }: Pick<CliSetting, 'onOutput' | 'failure'> = {}) {
  let kept = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      if (failure !== undefined) return done(failure);
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      kept += text;
      onOutput?.(text);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), text: () => kept };
}
