import type { Local } from '../typed/typed.ts';

/** The locals in scope at one place of a body: ordinary lexical shadowing (language.md §5.1). */
export class Locals {
  readonly #current = new Map<string, Local>();
  /** What to put back when a scope ends: name and what it meant before, alternating. */
  readonly #undo: { name: string; before: Local | undefined }[] = [];

  find(name: string): Local | undefined {
    return this.#current.get(name);
  }

  define(local: Local): void {
    const { name } = local;
    this.#undo.push({ name, before: this.#current.get(name) });
    this.#current.set(name, local);
  }

  /** Begins a scope; the answer is for `leave`. */
  enter(): number {
    return this.#undo.length;
  }

  leave(mark: number): void {
    while (this.#undo.length > mark) {
      const last = this.#undo.pop();
      if (last === undefined) return;
      if (last.before === undefined) this.#current.delete(last.name);
      else this.#current.set(last.name, last.before);
    }
  }

  names(): Iterable<string> {
    return this.#current.keys();
  }
}
