import type { Core, Rep, Slot } from '../core/core.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Local, TypedExpr } from '../typed/typed.ts';
import type { Ground, TypeView } from '../types/ground.ts';
import type { Type } from '../types/type.ts';
import { get } from './build.ts';
import type { ProgramLowering } from './program-lowering.ts';

/** A variable of an enclosing function that a lambda uses: `slot` is the lambda's own copy. */
export interface Capture {
  readonly local: Local;
  readonly slot: Slot;
}

/** What a frame is made with. */
export interface FrameInit {
  readonly program: ProgramLowering;
  readonly view: TypeView;
  readonly source: SourceFile;
  readonly name: string;
  /** The id of the function, where it may call itself by `recur`. */
  readonly self?: number;
  /** Of the function around a lambda. */
  readonly parent?: Frame;
}

/** One wasm function in the making: its slots, its labels, and what it captures. */
export class Frame {
  readonly program: ProgramLowering;
  readonly view: TypeView;
  readonly source: SourceFile;
  readonly name: string;
  readonly self: number | undefined;
  /** In the order of their first use; a lambda's environment has them in this order. */
  readonly captures: Capture[] = [];
  readonly #parent: Frame | undefined;
  readonly #slots = new Map<Local, Slot>();
  #labels = 0;
  #lambdas = 0;

  constructor(init: FrameInit) {
    this.program = init.program;
    this.view = init.view;
    this.source = init.source;
    this.name = init.name;
    this.self = init.self;
    this.#parent = init.parent;
  }

  /** What an expression computes; `tail`: its value is the result of the function. */
  lower(expr: TypedExpr, tail = false): Core {
    return this.program.lower(this, expr, tail);
  }

  rep(type: Type): Rep | null {
    return this.view.rep(type);
  }

  ground(type: Type): Ground {
    return this.view.ground(type);
  }

  /** A new slot that no variable has. */
  slot(name: string, rep: Rep): Slot {
    return { name, rep };
  }

  /** Gives a variable its slot; not for one of type Unit. */
  declare(local: Local, rep: Rep): Slot {
    const slot = this.slot(local.name, rep);
    this.#slots.set(local, slot);
    return slot;
  }

  /** Lets a variable that is never assigned share a slot that is never set again. */
  alias(local: Local, slot: Slot): void {
    this.#slots.set(local, slot);
  }

  /** The slot of a variable; one of an enclosing function is captured. */
  slotOf(local: Local, rep: Rep): Slot {
    const known = this.#slots.get(local);
    if (known !== undefined) return known;
    const slot = this.declare(local, rep);
    this.captures.push({ local, slot });
    return slot;
  }

  /** The values to capture at the creation of a lambda, read in the function around it. */
  captured(): readonly Core[] {
    const parent = this.#parent;
    return parent === undefined ? [] : this.captures.map(({ local, slot }) => get(parent.slotOf(local, slot.rep)));
  }

  /** Help for a finding that depends on a type, with where the type is from when the function is generic. */
  withOrigin(help: string): string {
    return this.view.by.size === 0 ? help : `${help} The type comes in through a call of this generic function.`;
  }

  label(): number {
    return this.#labels++;
  }

  lambdaName(): string {
    return `${this.name}$lambda${String(++this.#lambdas)}`;
  }
}
