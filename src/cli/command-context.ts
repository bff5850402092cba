import type { ApiClient, ClientOptions } from '../client/index.ts';
import type { ClientSettings } from '../config/index.ts';
import { printable } from '../shared/text.ts';
import type { CliInput } from './cli-input.ts';
import { drain } from './drain.ts';
import { paintPatch, type Paint } from './output/paint.ts';
import type { DataRenderer, OutputFormat } from './output/format.ts';

/** What a command works with: the outside, the daemon, and where to say what. */
export interface CommandContext {
  readonly input: CliInput;
  readonly client: ApiClient;
  /** How the daemon is reached, also for what is no part of its own API (MCP). */
  readonly connection: ClientOptions;
  readonly settings: ClientSettings;
  readonly format: OutputFormat;
  /** Renders data where `format` is a form of data. */
  readonly data: DataRenderer | undefined;
  readonly paint: Paint;
  /** Columns of the terminal; Infinity in a pipe, where nothing is wrapped. */
  readonly width: number;
  /** Fires on Ctrl-C and when nobody reads stdout any more. */
  readonly signal: AbortSignal;
  /** One line or several on stdout. The text must be safe for a terminal already. */
  readonly print: (text: string) => void;
  /** The same on stderr. */
  readonly warn: (text: string) => void;
}

/** Prints the value where -o is json or yaml and says whether it did. */
export function printData(context: CommandContext, value: object): boolean {
  const { data, print } = context;
  if (data === undefined) return false;
  print(data(value));
  return true;
}

/** Prints a unified diff that came from the daemon; nothing where it is empty. */
export function printPatch(context: CommandContext, patch: string): void {
  if (patch.trim() !== '') context.print(paintPatch(printable(patch), context.paint));
}

/** Waits until the reader of stdout has caught up, so that a slow pipe never fills our memory. */
export function drained({ input, signal }: CommandContext): Promise<void> {
  return drain(input.stdout, signal);
}

/** What a stream says when it breaks and comes back by itself. */
export function interruption({ warn }: CommandContext): (error: Error) => void {
  return (error) => warn(`interrupted (${printable(error.message)}); asking again …`);
}
