import type { Clock } from '../shared/clock.ts';

/** A place to write to: process.stdout in life, a collecting stream in tests. */
export interface CliStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly writableNeedDrain?: boolean;
}

/** Everything that one run of clarityctl takes from its process, so that it can run inside a test. */
export interface CliInput {
  /** Without the node binary and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; relative paths of the command line and of applied manifests are relative to it. */
  readonly cwd: string;
  /** A person types there where `isTTY` says so. */
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Fires on Ctrl-C; the run then ends with 130. */
  readonly signal?: AbortSignal;
}
