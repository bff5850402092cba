import type { Import, Module } from '../syntax/ast.ts';

/** The modules of a program in dependency order: what a module imports stands before it, the entry is the last. */
export interface ModuleGraph {
  readonly modules: readonly LoadedModule[];
}

export interface LoadedModule {
  readonly module: Module;
  /** What each import resolved to; an import that was reported (not found, cycle) has no entry and its names count as defined, of unknown type. */
  readonly imports: ReadonlyMap<Import, LoadedModule>;
  /** Belongs to the bundled library: `std/x`. */
  readonly std: boolean;
}
