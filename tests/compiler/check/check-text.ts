import { checkProgram } from '../../../src/compiler/check/check-program.ts';
import { Reporter, type CompilerDiagnostic } from '../../../src/compiler/diagnostics/reporter.ts';
import { loadProgram } from '../../../src/compiler/modules/load-program.ts';
import type { TypedExpr, TypedProgram } from '../../../src/compiler/typed/typed.ts';
import { typeName } from '../../../src/compiler/types/type.ts';

/** Other files of a program by their specifier without `./`. */
export type Files = Readonly<Record<string, string>>;

export interface Checked {
  readonly program: TypedProgram;
  readonly findings: readonly CompilerDiagnostic[];
  /** `kind line:column`, with the file in front where it is not the entry. */
  readonly places: readonly string[];
}

/** Checks a program; `module T` is put in front, on a line of its own, so that the text begins in line 2. */
export function checkText(text: string, files: Files = {}): Checked {
  const report = new Reporter();
  const resolver = {
    resolve: (specifier: string) => {
      const path = specifier.replace('./', '');
      const found = files[path];
      return found === undefined ? undefined : { path, text: found };
    },
  };
  const program = checkProgram(loadProgram({ path: 'main', text: `module T\n${text}` }, resolver, report), report);
  const findings = report.sorted();
  const places = findings.map(({ kind, source, span }) => {
    const { line, column } = source.position(span.start);
    return `${source.path === 'main' ? '' : `${source.path} `}${kind} ${line}:${column}`;
  });
  return { program, findings, places };
}

/** Where a text has its mark `«`, as `line:column` of the text without it; the entry begins in line 2. */
export function marked(text: string, firstLine = 2): { readonly text: string; readonly place: string } {
  const before = text.slice(0, text.indexOf('«')).split('\n');
  const place = `${firstLine + before.length - 1}:${before.at(-1)!.length + 1}`;
  return { text: text.replace('«', ''), place };
}

/** The types of the lets of the last function, `name: type`, in their order; throws where the program has an error. */
export function letTypes(text: string, files?: Files): readonly string[] {
  const { program, findings } = checkText(text, files);
  const [error] = findings.filter(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.kind}: ${error.message}`);
  const found: string[] = [];
  visit(program.entry.functions.at(-1)!.body, (expr) => {
    if (expr.kind === 'let' && expr.local !== undefined) found.push(`${expr.local.name}: ${typeName(expr.local.type)}`);
  });
  return found;
}

/** Every expression below one, itself first, in source order. */
export function visit(root: unknown, each: (expr: TypedExpr) => void): void {
  if (Array.isArray(root)) for (const item of root) visit(item, each);
  if (typeof root !== 'object' || root === null) return;
  if ('kind' in root && 'start' in root && 'type' in root) each(root as TypedExpr);
  for (const key of CHILDREN) if (key in root) visit((root as Record<string, unknown>)[key], each);
}

const CHILDREN = [
  'callee',
  'object',
  'operand',
  'left',
  'right',
  'parts',
  'items',
  'fields',
  'args',
  'scrutinee',
  'arms',
  'guard',
  'statements',
  'result',
  'value',
  'body',
];
