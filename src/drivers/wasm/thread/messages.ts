import type { MessagePort } from 'node:worker_threads';
import type { JsonObject } from '../../../shared/json.ts';
import type { ModuleParts } from '../../../wasm-host/compiled-module.ts';
import type { Answer, Argument, BlockingImport } from '../blocking.ts';
import type { Grants, Refusal } from '../grants.ts';
import type { Program } from '../program.ts';

/** What a thread is born with. */
export interface ThreadData {
  /** To the daemon whatever a thread says, and back the answers to what a call asked: a port of its own, so that a call that waits meets nothing else there. */
  readonly answers: MessagePort;
  /** One Int32 that grows with each answer: what a call that waits sleeps on. */
  readonly bell: SharedArrayBuffer;
  /** One Int32: the number of the call that may begin next (CallMessage.number). The thread adds one when it begins a call, the daemon takes calls back with it. */
  readonly turn: SharedArrayBuffer;
}

/** What a thread must know of a program to run it. */
export interface ProgramLoad extends Pick<Program, 'stateful' | 'args' | 'workspace' | 'ownFolders' | 'checkpoints'> {
  readonly module: ModuleParts;
  readonly grants: Pick<Grants, 'declared' | 'net' | 'fs' | 'values'>;
}

/** To a thread: run this. The daemon alone keeps the books of what a thread has loaded. */
export interface CallMessage {
  /** Counts the calls of the thread; one whose turn has passed was taken back, and is left out. */
  readonly number: number;
  /** Of the program, in the life of the daemon. */
  readonly key: number;
  readonly function: string;
  readonly arguments: JsonObject;
  /** Present where the thread does not have the program. */
  readonly load?: ProgramLoad;
  /** Programs that it is to forget. */
  readonly drop?: readonly number[];
}

/** To a thread that waits. `ended`: the call is over, nobody wants its result. */
export type AnswerMessage = { readonly answer: Answer } | { readonly ended: true };

/** A line of output, without its end. */
export type OutputLine = readonly [stream: 'stdout' | 'stderr', text: string];

/** From a thread. */
export type ThreadMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly name: BlockingImport; readonly args: readonly Argument[] }
  | { readonly type: 'output'; readonly lines: readonly OutputLine[] }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** The last message of each call. `slow`: calls behind it had to wait; `spent`: the thread is better not used again. */
  | {
      readonly type: 'done';
      readonly result: JsonObject;
      readonly fault: boolean;
      readonly slow?: true;
      readonly spent?: true;
      readonly lines?: readonly OutputLine[];
    };
