import { describe, expect, it } from 'vitest';
import { IMPORT_NAMES, importSignature } from '../../src/compiler/wasm/imports.ts';
import { BLOCKING_IMPORTS } from '../../src/wasm-host/imports/blocking.ts';
import { OwnImports, ownImportNames } from '../../src/wasm-host/imports/own-imports.ts';
import { bareHost } from './rig.ts';

describe('the imports of the ABI', () => {
  it('are each offered by the host, or in the list of those that are left to the sandbox', () => {
    expect([...ownImportNames(), ...BLOCKING_IMPORTS].sort()).toEqual([...IMPORT_NAMES].sort());
  });

  it('take as many parameters as their signatures say', () => {
    const own = new OwnImports(bareHost());
    const lengths = (names: readonly string[], length: (name: string) => number | undefined) =>
      names.map((name) => [name, length(name)]);
    const taken = (name: string) => (own.setWith(name) as Record<string, { readonly length: number }>)[name]?.length;
    expect(lengths(ownImportNames(), taken)).toEqual(
      lengths(ownImportNames(), (name) => importSignature(name)?.params.length),
    );
  });
});
