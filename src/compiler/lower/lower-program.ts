import type { CoreProgram } from '../core/core.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { FunctionSymbol, TypedProgram } from '../typed/typed.ts';
import { lowerExpression } from './expression.ts';
import { instanceName, type Instance } from './instances.ts';
import { ProgramLowering } from './program-lowering.ts';

type CoreExport = CoreProgram['exports'][number];

/** Names that every module exports already (abi.md §1). */
const RESERVED = new Set(['memory', '__heap_base']);

/**
 * Lowers a checked program to core: every function of the entry module without type parameters is exported under its source name, whether it
 * is marked `export` or not, instances of the entry's generic functions as `name$Type…` (abi.md §2). Of other modules only what is used is
 * made. Reports what only shows in an instance: values that cannot be compared, keys that no map takes, instances without end.
 */
export function lowerProgram(program: TypedProgram, report: Reporter): CoreProgram {
  const lowering = new ProgramLowering(program, lowerExpression, report);
  const exports: CoreExport[] = [];
  const { functions: declared } = program.entry;
  for (const fn of declared) {
    if (fn.typeParams.length > 0) continue;
    if (RESERVED.has(fn.name)) reportReserved(lowering, fn);
    exports.push({ name: fn.name, fn: lowering.instances.plainId(fn, fn.name) });
  }
  const functions = lowering.finish();
  return { functions, exports: [...exports, ...instanceExports(lowering.instances.generic, new Set(declared))] };
}

function reportReserved(lowering: ProgramLowering, fn: FunctionSymbol): void {
  const message = `\`${fn.name}\` is a name that every compiled module exports for its memory: a function of the entry file cannot have it.`;
  lowering.report('duplicate-definition', fn, message, 'Give the function another name.');
}

/** Two types of one name from two modules would give two exports of one name: the later gets a number. */
function instanceExports(instances: readonly Instance[], entry: ReadonlySet<FunctionSymbol>): readonly CoreExport[] {
  const uses = new Map<string, number>();
  const exports: CoreExport[] = [];
  for (const { fn, args, id } of instances) {
    if (!entry.has(fn)) continue;
    const name = instanceName(fn, args);
    const use = (uses.get(name) ?? 0) + 1;
    uses.set(name, use);
    exports.push({ name: use === 1 ? name : `${name}#${String(use)}`, fn: id });
  }
  return exports;
}
