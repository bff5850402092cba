/**
 * For `--import`: the conformance suite names fs.globSync, which Node has only from 22 on. The suite's `tier-check` alone calls it, and no test here runs that;
 * but a missing export keeps the whole program from starting, so that on Node 20 its `fs` gets one.
 */
import * as fs from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const SUITE = '/@modelcontextprotocol/conformance/dist/';
const FS = `export * from 'node:fs';
export function globSync() { throw new Error('this fs has no globSync'); }`;

if (isMainThread && !('globSync' in fs)) register(import.meta.url);

/** Runs in the thread of the module loader. */
export function resolve(specifier, context, next) {
  if (specifier !== 'fs' || context.parentURL?.includes(SUITE) !== true) return next(specifier, context);
  return { url: `data:text/javascript,${encodeURIComponent(FS)}`, shortCircuit: true };
}
