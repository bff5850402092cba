/** Largest memory: 16 MiB (abi.md §3). */
export const MAX_PAGES = 256;
export const PAGE = 0x1_0000;

/** What engines take at most (the limits that the wasm JavaScript interface states, and V8's). */
export const MAX_FUNCTIONS = 1_000_000;
export const MAX_BODY = 7_654_321;
export const MAX_LOCALS = 50_000;
export const MAX_PARAMS = 1_000;
export const MAX_EXPORTS = 100_000;
export const MAX_TABLE = 10_000_000;
