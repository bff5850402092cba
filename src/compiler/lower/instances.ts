import type { FunctionSymbol } from '../typed/typed.ts';
import { TypeView, type Ground } from '../types/ground.ts';
import type { ParamType } from '../types/type.ts';
import { lowerFunction } from './function.ts';
import type { ProgramLowering } from './program-lowering.ts';

/** Most instances of generic functions in a program, and how deep their type arguments may nest: recursion that needs a new type at each level ends here. */
const MAX_INSTANCES = 10_000;
const MAX_TYPE_DEPTH = 64;

/** A generic function with the types that its type parameters stand for. */
export interface Instance {
  readonly fn: FunctionSymbol;
  readonly args: readonly Ground[];
  readonly id: number;
}

/** The functions of the program that are wanted, one of each for each tuple of type arguments (language.md §4). */
export class Instances {
  /** Of generic functions, in the order in which they were first wanted. */
  readonly generic: Instance[] = [];
  readonly #plain = new Map<FunctionSymbol, number>();
  readonly #generic = new Map<FunctionSymbol, Map<string, number>>();

  constructor(private readonly program: ProgramLowering) {}

  /** The id of a function without type parameters; `name` is that of its wasm function. */
  plainId(fn: FunctionSymbol, name = `${fn.module}$${fn.name}`): number {
    const known = this.#plain.get(fn);
    if (known !== undefined) return known;
    const id = this.program.add((self) => lowerFunction(this.program, fn, { view: this.program.view, name, self }));
    this.#plain.set(fn, id);
    return id;
  }

  /** The id of an instance; undefined where the program would need them without end, which is reported. */
  idOf(fn: FunctionSymbol, args: readonly Ground[]): number | undefined {
    if (args.length === 0) return this.plainId(fn);
    const known = this.#generic.get(fn) ?? new Map<string, number>();
    this.#generic.set(fn, known);
    const key = args.map((arg) => arg.id).join();
    const found = known.get(key);
    if (found !== undefined) return found;
    if (this.generic.length >= MAX_INSTANCES || args.some((arg) => arg.depth > MAX_TYPE_DEPTH)) {
      this.#reportEndless(fn);
      return undefined;
    }
    const id = this.#make(fn, args);
    known.set(key, id);
    this.generic.push({ fn, args, id });
    return id;
  }

  #make(fn: FunctionSymbol, args: readonly Ground[]): number {
    const by = new Map<ParamType, Ground>();
    fn.typeParams.forEach((param, i) => {
      const arg = args[i];
      if (arg !== undefined) by.set(param, arg);
    });
    const view = new TypeView(this.program.types, by);
    const name = `${fn.module}$${instanceName(fn, args)}`;
    return this.program.add((self) => lowerFunction(this.program, fn, { view, name, self }));
  }

  #reportEndless(fn: FunctionSymbol): void {
    this.program.report(
      'too-large',
      { source: fn.source, span: fn.span },
      `\`${fn.name}\` is needed for more types than the compiler makes instances for: it calls itself, or is called, with an ever larger type.`,
      'Call it with the same types at each level of the recursion; put what grows into a `List` or a recursive type.',
    );
  }
}

/** `name$Type…`, the export name of an instance (abi.md §2). */
export function instanceName(fn: FunctionSymbol, args: readonly Ground[]): string {
  return [fn.name, ...args.map((arg) => arg.name)].join('$');
}
