import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FoundModule, ModuleResolver } from '../compiler/source/resolver.ts';
import { SourceReader } from './source-reader.ts';

/** The bundled library: the same folder from src/toolchain and from dist/toolchain. */
const STD = fileURLToPath(new URL('../../src/compiler/std/', import.meta.url));
const STD_SPECIFIER = /^std\/([A-Za-z0-9_]+)(?:\.clarity)?$/;

/** Finds imported modules on the disk, and `std/x` in the bundled library (language.md §9). */
export function fileResolver(reader: SourceReader = new SourceReader()): ModuleResolver {
  return {
    resolve(specifier, from) {
      const path = specifierPath(specifier, from);
      return path === undefined ? undefined : readable(reader, path);
    },
  };
}

function specifierPath(specifier: string, from: string): string | undefined {
  if (specifier === '' || specifier.includes('\0')) return undefined;
  const std = STD_SPECIFIER.exec(specifier)?.[1];
  if (std !== undefined) return resolve(STD, `${std}.clarity`);
  return resolve(dirname(from), specifier.endsWith('.clarity') ? specifier : `${specifier}.clarity`);
}

function readable(reader: SourceReader, path: string): FoundModule | undefined {
  try {
    return reader.read(path);
  } catch {
    // Missing, forbidden, a folder: for the program it is one thing, a module that is not there.
    return undefined;
  }
}
