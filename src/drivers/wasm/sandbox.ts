import type { JsonObject } from '../../shared/json.ts';
import type { Program } from './program.ts';

/** A call of one function of a program. */
export interface CallRequest {
  /** Name of the export. */
  readonly function: string;
  /** The `arguments` of tools/call as they came. */
  readonly arguments: JsonObject;
}

/** Why the sandbox itself ended a call, or did not begin it. What the program did by itself (a trap, an Err) is a result. */
export type EndReason =
  /** It computed, or waited where waiting counts, for longer than limits.timeoutMs. */
  | 'timeout'
  /** The thread died under it: out of memory. */
  | 'crashed'
  /** The caller's signal. */
  | 'cancelled'
  /** Not begun: too many calls wait, or it waited too long for its turn. */
  | 'overloaded'
  /** Not begun: the program was closed. */
  | 'closed';

/** Rejected with by `OpenProgram.call`. The message is a whole sentence for people. */
export class CallEnded extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CallEnded';
    this.reason = reason;
  }
}

export interface ProgramStats {
  /** Calls that have a thread, parked ones included. */
  readonly running: number;
  readonly parked: number;
  readonly queued: number;
  /** Since it was opened. */
  readonly calls: number;
  readonly failures: number;
}

/** A program that takes calls. */
export interface OpenProgram {
  /** A CallToolResult. Rejects with CallEnded. */
  call(request: CallRequest, signal?: AbortSignal): Promise<JsonObject>;
  stats(): ProgramStats;
  /** Takes no more calls and ends those that were taken; resolves when none is left. Whoever wants their answers waits for them first. */
  close(): Promise<void>;
}

/** All threads of the daemon. */
export interface Sandbox {
  /** Compiles nothing and starts no thread before the first call. */
  open(program: Program): OpenProgram;
}
