import type { Builtin } from '../builtins/builtin.ts';
import type { Core } from '../core/core.ts';
import type { Span } from '../source/source-file.ts';
import type { Ground } from '../types/ground.ts';
import type { Frame } from './frame.ts';

/** One use of a builtin. */
export interface BuiltinUse {
  readonly frame: Frame;
  readonly builtin: Builtin;
  /** What its type parameters stand for. */
  readonly types: readonly Ground[];
  /** In the order of its parameters; one of type Unit is an i32 0. */
  readonly args: readonly Core[];
  readonly span: Span;
}

/** What a builtin does that is not simply the host function of its name. */
export type BuiltinLowering = (use: BuiltinUse) => Core;
