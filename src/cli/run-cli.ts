import { CommanderError, type Command } from 'commander';
import { ApiClient } from '../client/index.ts';
import { parseClientEnv } from '../config/index.ts';
import { aborted } from '../shared/abort.ts';
import { errorCode } from '../shared/errors.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';
import type { CommandRunner } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { explainFailure } from './failure.ts';
import { createPaint } from './output/paint.ts';
import { dataRenderer, type OutputFormat } from './output/format.ts';
import { buildProgram, type GlobalOptions } from './program.ts';
import { packageVersion } from '../config/package-version.ts';

/**
 * Runs one command line and resolves with its exit code (surfaces.md, clarityctl); never throws and never exits the process.
 * A reader that goes away (EPIPE) ends the run quietly.
 */
export async function runCli(input: CliInput): Promise<number> {
  const broken = new AbortController();
  // Stays until the process ends: EPIPE is often reported after the last write.
  for (const stream of [input.stdout, input.stderr]) stream.on('error', (error) => broken.abort(error));
  const signal = AbortSignal.any([broken.signal, ...(input.signal === undefined ? [] : [input.signal])]);
  const runner = new Runner(input, signal);
  const program = buildProgram(packageVersion(), runner, {
    writeOut: (text) => input.stdout.write(text),
    writeErr: (text) => input.stderr.write(text),
    helpWidth: Math.min(input.stdout.columns ?? 100, 120),
  });
  try {
    // A command that waits for something else, such as stdin, is left behind.
    await Promise.race([program.parseAsync(input.argv, { from: 'user' }), aborted(signal)]);
    return signal.aborted ? exitOfEnding(signal) : runner.exit;
  } catch (error) {
    if (signal.aborted) return exitOfEnding(signal);
    // Commander has printed its own text by then; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = explainFailure(error);
    for (const line of failure.lines) input.stderr.write(`${line}\n`);
    return failure.exit;
  }
}

class Runner implements CommandRunner {
  exit: ExitCode = EXIT.ok;
  readonly #input: CliInput;
  readonly #signal: AbortSignal;

  constructor(input: CliInput, signal: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
  }

  async execute(
    command: Command,
    pickFormat: (wanted: string | undefined, isTerminal: boolean) => OutputFormat,
    body: (context: CommandContext) => Promise<ExitCode>,
  ): Promise<void> {
    const options = command.optsWithGlobals<GlobalOptions>();
    const { env, fetch, clock, stdout, stderr } = this.#input;
    const settings = parseClientEnv(env);
    const token = options.authToken ?? settings.authToken;
    const url = daemonUrl(options.daemonUrl ?? settings.daemonUrl);
    const connection = { url, token, fetch, clock };
    const format = pickFormat(options.output, stdout.isTTY === true);
    this.exit = await body({
      input: this.#input,
      client: new ApiClient(connection),
      connection,
      settings,
      format,
      data: await dataRenderer(format),
      paint: createPaint(options.color ? settings.color : 'never', stdout.isTTY === true),
      width: stdout.isTTY === true ? (stdout.columns ?? 80) : Infinity,
      signal: this.#signal,
      print: (text) => void stdout.write(`${text}\n`),
      warn: (text) => void stderr.write(`${text}\n`),
    });
  }
}

function daemonUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
  throw new CliError(EXIT.usage, `--daemon-url ${text} is no http or https URL`);
}

function exitOfEnding({ reason }: AbortSignal): ExitCode {
  const code = errorCode(reason);
  if (code === undefined) return EXIT.interrupted;
  return code === 'EPIPE' ? EXIT.ok : EXIT.usage;
}
