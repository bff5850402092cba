import type { Span } from '../source/source-file.ts';
import type { LintWarning } from './lint-warning.ts';

interface Variable {
  readonly name: string;
  /** Where it is made; absent for parameters, which a caller may prescribe. */
  readonly span: Span | undefined;
  /** What its name meant before. */
  readonly outer: Variable | undefined;
  read: boolean;
  assigned: boolean;
}

/** The variables that are in scope, innermost first, and a warning for each that goes out of scope unread. */
export class VariableScopes {
  readonly #current = new Map<string, Variable>();
  readonly #made: Variable[] = [];

  constructor(private readonly warnings: LintWarning[]) {}

  within(walk: () => void): void {
    const outside = this.#made.length;
    walk();
    while (this.#made.length > outside) this.#leave(this.#made.pop());
  }

  /** A name that begins with `_` says that it is not meant to be read. */
  add(name: string, span?: Span): void {
    if (name === '_') return;
    const variable = { name, span, outer: this.#current.get(name), read: false, assigned: false };
    this.#made.push(variable);
    this.#current.set(name, variable);
  }

  /** False where the name is no variable. */
  read(name: string): boolean {
    const variable = this.#current.get(name);
    if (variable !== undefined) variable.read = true;
    return variable !== undefined;
  }

  assign(name: string): void {
    const variable = this.#current.get(name);
    if (variable !== undefined) variable.assigned = true;
  }

  #leave(variable: Variable | undefined): void {
    if (variable === undefined) return;
    const { name, span, outer, read, assigned } = variable;
    if (outer === undefined) this.#current.delete(name);
    else this.#current.set(name, outer);
    if (read || span === undefined || name.startsWith('_')) return;
    this.warnings.push(
      assigned
        ? {
            rule: 'unused-assignment',
            span: { start: span.start, end: span.end },
            message: `The variable \`${name}\` is assigned but never read.`,
            help: `Remove it, or name it \`_${name}\`.`,
          }
        : {
            rule: 'unused-variable',
            span: { start: span.start, end: span.end },
            message: `The variable \`${name}\` is never read.`,
            help: `Remove it, or name it \`_\` or \`_${name}\`.`,
          },
    );
  }
}
