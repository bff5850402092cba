/** One file as the resolver found it. */
export interface FoundModule {
  /** Unique name of the file: two imports of one file must give the same path. */
  readonly path: string;
  readonly text: string;
}

/** How the compiler, which does no I/O, gets at the files that an entry imports. */
export interface ModuleResolver {
  /**
   * Finds what `import … from "specifier"` means in the file `from` (a path that this resolver or the caller gave): `std/x` is the
   * bundled library, else it is relative to the importing file, `./` is optional, and `.clarity` is appended where it is absent (language.md §9).
   * Answers undefined where there is no such file or it cannot be read; never throws.
   */
  resolve(specifier: string, from: string): FoundModule | undefined;
}
