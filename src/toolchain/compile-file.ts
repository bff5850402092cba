import { check, compile, type CheckResult, type CompileResult } from '../compiler/compile.ts';
import type { FoundModule } from '../compiler/source/resolver.ts';
import { fileResolver } from './file-resolver.ts';
import { SourceReader } from './source-reader.ts';

/** Where a result came from. */
export interface FromDisk {
  readonly entry: FoundModule;
  /** Every file that was read or looked for, with its state at that moment (`fileStamp`): what a watch has to look at. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** Compiles a file and all that it imports. Throws the system's error where the file itself cannot be read. */
export function compileFile(path: string): CompileResult & FromDisk {
  return fromDisk(path, compile);
}

/** Checks a file and all that it imports. Throws the system's error where the file itself cannot be read. */
export function checkFile(path: string): CheckResult & FromDisk {
  return fromDisk(path, check);
}

function fromDisk<T>(
  path: string,
  work: (entry: FoundModule, resolver: ReturnType<typeof fileResolver>) => T,
): T & FromDisk {
  const reader = new SourceReader();
  const entry = reader.read(path);
  return { ...work(entry, fileResolver(reader)), entry, inputs: reader.inputs };
}
