import type { Clock } from '../shared/clock.ts';

/** A place to write to: process.stdout in life, a collecting stream in tests. */
export interface CliStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly writableNeedDrain?: boolean;
}

/** What is typed or piped: process.stdin in life. */
export interface CliReader extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean;
  /** Of a terminal: whether what is typed comes at once and is not shown. */
  setRawMode?(on: boolean): unknown;
}

/** Everything that one run of clarityctl takes from its process, so that it can run inside a test. */
export interface CliInput {
  /** Without the node binary and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; relative paths of the command line and of applied manifests are relative to it. */
  readonly cwd: string;
  readonly stdin: CliReader;
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Fires on Ctrl-C; the run then ends with 130. */
  readonly signal?: AbortSignal;
}
