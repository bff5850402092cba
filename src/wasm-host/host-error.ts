/**
 * Why a call ended without a result. The first six are what a Clarity program can do by itself (language.md §7), the others say who is at
 * fault: the module, the caller or the host.
 */
export type HostErrorKind =
  | 'divide-by-zero'
  | 'remainder-by-zero'
  | 'integer-overflow'
  | 'unreachable'
  | 'stack-overflow'
  | 'out-of-memory'
  /** A value that has no counterpart in the other type: `float_to_int` of NaN. */
  | 'conversion'
  /** An address, a length or a map handle that the module cannot have got from this host. */
  | 'bad-pointer'
  /** Any other trap of wasm. */
  | 'trap'
  /** The host does not offer what the module asks for. */
  | 'unsupported-import'
  /** The host offers it, and it failed: a file that cannot be written. */
  | 'failed-import'
  /** The host offers it, but not with what it was asked for: a file, a secret. */
  | 'refused'
  | 'bad-argument'
  | 'bad-result'
  | 'unknown-function'
  | 'bad-module'
  | 'disposed';

/** The one error that crosses out of the host, but for `ProgramExit`: a kind for programs, a sentence for people. */
export class HostError extends Error {
  readonly kind: HostErrorKind;

  constructor(kind: HostErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HostError';
    this.kind = kind;
  }
}
