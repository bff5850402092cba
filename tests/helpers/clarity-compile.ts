import { dirname, resolve } from 'node:path';

import { compile, type CompileResult } from '../../src/compiler/compile.ts';
import type { ModuleResolver } from '../../src/compiler/source/resolver.ts';
import { fileResolver } from '../../src/toolchain/file-resolver.ts';

/** Texts by path below the folder of the entry. */
export type SourceFiles = Readonly<Record<string, string>>;

const ENTRY = '/program/main.clarity';

/** Compiles a program that is in memory; `std/x` comes from the bundled library. */
export function compileText(text: string, files: SourceFiles = {}): CompileResult {
  return compile({ path: ENTRY, text }, memoryResolver(files));
}

function memoryResolver(files: SourceFiles): ModuleResolver {
  const known = new Map(Object.entries(files).map(([path, text]) => [resolve(dirname(ENTRY), path), text]));
  const disk = fileResolver();
  return {
    resolve(specifier, from) {
      if (specifier.startsWith('std/')) return disk.resolve(specifier, from);
      const path = resolve(dirname(from), specifier.endsWith('.clarity') ? specifier : `${specifier}.clarity`);
      const text = known.get(path);
      return text === undefined ? undefined : { path, text };
    },
  };
}

/** The findings of a compilation as people read them, one a line. */
export function findings({ diagnostics }: CompileResult): readonly string[] {
  return diagnostics.map(({ kind, source, span, message }) => {
    const { line, column } = source.position(span.start);
    return `${kind} at ${source.path}:${line}:${column}: ${message}`;
  });
}

/** The wasm of a program that must compile. */
export function wasmOf(result: CompileResult): Uint8Array {
  if (result.wasm === undefined) throw new Error(`it does not compile:\n${findings(result).join('\n')}`);
  return result.wasm;
}
