import { CommanderError, type Command } from 'commander';
import { aborted } from '../shared/abort.ts';
import { errorCode } from '../shared/errors.ts';
import { EXIT, type ExitCode } from './cli-error.ts';
import type { CliInput } from './cli-input.ts';
import type { Failure } from './plain-failure.ts';
import type { ProgramOutput } from './new-program.ts';

/** A command line that is ready to read its arguments. */
export interface StartedProgram {
  readonly program: Command;
  /** What the command that ran ended with. */
  readonly exit: () => number;
}

/**
 * Runs one command line of this house and resolves with its exit code; never throws and never exits the process.
 * A reader that goes away (EPIPE) ends the run quietly. `start` gets the signal of every early end.
 */
export async function runProgram(
  input: Pick<CliInput, 'argv' | 'stdout' | 'stderr' | 'signal'>,
  start: (output: ProgramOutput, signal: AbortSignal) => StartedProgram,
  explain: (error: unknown) => Failure,
): Promise<number> {
  const { argv, stdout, stderr } = input;
  const broken = new AbortController();
  // Stays until the process ends: EPIPE is often reported after the last write.
  for (const stream of [stdout, stderr]) stream.on('error', (error) => broken.abort(error));
  const signal = AbortSignal.any([broken.signal, ...(input.signal === undefined ? [] : [input.signal])]);
  const output = {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    helpWidth: Math.min(stdout.columns ?? 100, 120),
  };
  const { program, exit } = start(output, signal);
  try {
    // A command that waits for something else, such as stdin, is left behind.
    await Promise.race([program.parseAsync(argv, { from: 'user' }), aborted(signal)]);
    return signal.aborted ? exitOfEnding(signal) : exit();
  } catch (error) {
    if (signal.aborted) return exitOfEnding(signal);
    // Commander has printed its own text by then; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const failure = explain(error);
    for (const line of failure.lines) stderr.write(`${line}\n`);
    return failure.exit;
  }
}

function exitOfEnding({ reason }: AbortSignal): ExitCode {
  const code = errorCode(reason);
  if (code === undefined) return EXIT.interrupted;
  return code === 'EPIPE' ? EXIT.ok : EXIT.usage;
}
