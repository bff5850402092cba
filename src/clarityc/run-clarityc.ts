import type { Command } from 'commander';
import { EXIT } from '../cli/cli-error.ts';
import { createPaint } from '../cli/output/paint.ts';
import { explainPlainFailure } from '../cli/plain-failure.ts';
import { runProgram } from '../cli/run-program.ts';
import { packageVersion } from '../config/package-version.ts';
import { parseCompilerEnv } from '../config/parse-compiler-env.ts';
import type { CommandRunner } from './command.ts';
import type { CommandContext, CompilerInput } from './command-context.ts';
import { buildProgram } from './program.ts';

/** Runs one command line and resolves with its exit code; never throws and never exits the process. */
export async function runClarityc(input: CompilerInput): Promise<number> {
  return runProgram(
    input,
    (output, signal) => {
      const runner = new Runner(input, signal);
      return { program: buildProgram(packageVersion(), runner, output), exit: () => runner.exit };
    },
    explainPlainFailure,
  );
}

class Runner implements CommandRunner {
  exit: number = EXIT.ok;
  readonly #input: CompilerInput;
  readonly #signal: AbortSignal;

  constructor(input: CompilerInput, signal: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
  }

  async execute(command: Command, body: (context: CommandContext) => Promise<number>): Promise<void> {
    const { color } = command.optsWithGlobals<{ color: boolean }>();
    const { env, stdout, stderr } = this.#input;
    const settings = parseCompilerEnv(env);
    const colors = color ? settings.color : 'never';
    this.exit = await body({
      input: this.#input,
      settings,
      paint: createPaint(colors, stdout.isTTY === true),
      findingPaint: createPaint(colors, stderr.isTTY === true),
      signal: this.#signal,
      print: (text) => void stdout.write(`${text}\n`),
      warn: (text) => void stderr.write(`${text}\n`),
    });
  }
}
