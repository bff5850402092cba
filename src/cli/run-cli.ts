import type { Command } from 'commander';
import { ApiClient } from '../client/index.ts';
import { parseClientEnv } from '../config/index.ts';
import { packageVersion } from '../config/package-version.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';
import type { CommandRunner } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { explainFailure } from './failure.ts';
import { createPaint } from './output/paint.ts';
import { dataRenderer, type OutputFormat } from './output/format.ts';
import { buildProgram, type GlobalOptions } from './program.ts';
import { runProgram } from './run-program.ts';

/**
 * Runs one command line and resolves with its exit code (surfaces.md, clarityctl); never throws and never exits the process.
 * A reader that goes away (EPIPE) ends the run quietly.
 */
export async function runCli(input: CliInput): Promise<number> {
  return runProgram(
    input,
    (output, signal) => {
      const runner = new Runner(input, signal);
      return { program: buildProgram(packageVersion(), runner, output), exit: () => runner.exit };
    },
    explainFailure,
  );
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
