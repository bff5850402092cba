import type { CliInput } from '../cli/cli-input.ts';
import type { Paint } from '../cli/output/paint.ts';
import type { CompilerSettings } from '../config/parse-compiler-env.ts';
import type { StdinReader } from '../wasm-host/environment.ts';

/** Everything that one run of clarityc takes from its process. */
export interface CompilerInput extends CliInput {
  /** Takes over Ctrl-C and gives the signal that it fires. A command that does not ask is ended by the system. */
  readonly interrupt: () => AbortSignal;
  /** Standard input as a program in wasm reads it; instead of `stdin`, not beside it. */
  readonly programInput: () => StdinReader;
}

/** What a command works with: the outside, and where to say what. */
export interface CommandContext {
  readonly input: CompilerInput;
  readonly settings: CompilerSettings;
  /** Colours of stdout. */
  readonly paint: Paint;
  /** Colours of stderr, where findings go. */
  readonly findingPaint: Paint;
  /** Fires when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** One line or several on stdout. The text must be safe for a terminal already. */
  readonly print: (text: string) => void;
  /** The same on stderr. */
  readonly warn: (text: string) => void;
}
