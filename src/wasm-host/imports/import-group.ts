import type { ImportName } from '../../compiler/wasm/imports.ts';
import type { Host } from '../host.ts';

/**
 * A host function: i32 and f64 are number, i64 is bigint (abi.md §7). It never gives back a pointer that it was given: the compiler changes
 * a text or list in place where it knows that nothing else can see it.
 */
export type HostFunction = ((...args: never[]) => number | bigint) | ((...args: never[]) => void);

export type ImportSet = Partial<Record<ImportName, HostFunction>>;

/** Makes the functions of one group for one instance. Its memory is there when they are called, not yet when they are made. */
export type ImportGroup = (host: Host) => ImportSet;
