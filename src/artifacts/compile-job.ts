import type { Diagnostic } from '../shared/diagnostic.ts';
import type { Identity } from '../reconcile/ports.ts';

/** What the thread is asked for. */
export interface CompileJob {
  /** `check` gives the interface only. */
  readonly work: 'compile' | 'check';
  /** Absolute. */
  readonly source: string;
  /** Absolute; paths in diagnostics are relative to it. */
  readonly workspace: string;
  readonly identity: Identity;
}

/** What the embedded compiler says of a source file. */
export interface CompileOutcome {
  /** Where there is no error and the work was `compile`. */
  readonly wasm?: Uint8Array;
  /** Content of the custom section `clarity:interface`, where there is no error and the work was `check`. */
  readonly interface?: Uint8Array;
  /** Errors first; the first hundred. */
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: number;
  /** Every file that was read or looked for with its stamp (`fileStamp`), but for the bundled library. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Why the source file itself could not be read, as half a sentence. */
  readonly unreadable?: string;
}

/** What the thread answers: an outcome, or what the compiler threw, which it never should. */
export type CompileReply = { readonly outcome: CompileOutcome } | { readonly crash: string };
