import { HostError, type HostErrorKind } from './host-error.ts';
import { ProgramExit } from './program-exit.ts';

/** What the engine's traps and RangeErrors say (abi.md §6.4), and what we tell people. */
const CAUSES: readonly (readonly [RegExp, HostErrorKind, string])[] = [
  [/divide by zero/, 'divide-by-zero', 'The program divided an Int64 by zero.'],
  [/remainder by zero/, 'remainder-by-zero', 'The program took the remainder (`%`) of an Int64 by zero.'],
  [
    /unrepresentable/,
    'integer-overflow',
    'The program divided the smallest Int64 by -1: the result does not fit into an Int64.',
  ],
  [
    /unreachable/,
    'unreachable',
    'The program came to a place without a value: no arm of a `match` applied, or a list has no such element.',
  ],
  [
    /call stack/,
    'stack-overflow',
    'The program called functions too deeply. A call in tail position of the same function is a loop and has no limit.',
  ],
  [/string length|array length|allocation failed/i, 'out-of-memory', 'The program made a value that is too large.'],
  [
    /memory access out of bounds|bounds of the DataView/,
    'bad-pointer',
    'The module read or wrote outside of its memory.',
  ],
];

/** Turns anything that was thrown during a call into an error of our own; errors of our own stay as they are. */
export function classify(thrown: unknown): HostError | ProgramExit {
  if (thrown instanceof HostError || thrown instanceof ProgramExit) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
    for (const [pattern, kind, message] of CAUSES) {
      if (pattern.test(text)) return new HostError(kind, message, thrown);
    }
    return new HostError('trap', `The module stopped with a trap: ${text}.`, thrown);
  }
  // The engine's, where a value is no i64 or no number; errors of Node carry a code.
  if (thrown instanceof TypeError && !('code' in thrown)) {
    return new HostError('bad-argument', `A function of the module does not take what it was given: ${text}.`, thrown);
  }
  return new HostError('failed-import', `A function of the host failed: ${text}`, thrown);
}
