import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import type { Declaration, Name } from '../syntax/ast.ts';
import type { ParamType } from '../types/type.ts';

/** Where messages about a declaration point: its first word behind `export`. */
export function declarationStart({ start, end, exported }: Declaration, { text }: SourceFile): Span {
  if (!exported) return { start, end: wordEnd(text, start, end) };
  let at = start + 'export'.length;
  while (at < end && !/\w/.test(text.charAt(at))) at = text.startsWith('//', at) ? lineEnd(text, at, end) : at + 1;
  return { start: at, end: wordEnd(text, at, end) };
}

function wordEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /\w/.test(text.charAt(at))) at++;
  return at;
}

function lineEnd(text: string, start: number, end: number): number {
  const at = text.indexOf('\n', start);
  return at < 0 ? end : at;
}

interface TypeParams {
  readonly list: readonly ParamType[];
  readonly byName: ReadonlyMap<string, ParamType>;
}

const NONE: TypeParams = { list: [], byName: new Map() };

/** The type parameters of a declaration by their names; reports a repeated one. */
export function readTypeParams(written: readonly Name[], source: SourceFile, report: Reporter): TypeParams {
  if (written.length === 0) return NONE;
  const byName = new Map<string, ParamType>();
  const list = written.map((name): ParamType => {
    const param: ParamType = { kind: 'param', name: name.text };
    if (byName.has(name.text))
      report.report('duplicate-definition', source, name, `The type parameter \`${name.text}\` is there twice.`);
    else byName.set(name.text, param);
    return param;
  });
  return { list, byName };
}

/** Reports names that stand more than once in a list: parameters (at their beginning), fields and variants (at their `name`). */
export function reportRepeated(
  what: 'parameter' | 'field' | 'variant',
  nodes: readonly (Span & { readonly name: Name })[],
  source: SourceFile,
  report: Reporter,
): void {
  if (nodes.length < 2 || (nodes.length < 10 && !hasRepeated(nodes))) return;
  const seen = new Set<string>();
  for (const node of nodes) {
    const { name } = node;
    if (seen.has(name.text)) {
      const at = what === 'parameter' ? node : name;
      report.report('duplicate-definition', source, at, `The ${what} \`${name.text}\` is there twice.`);
    }
    seen.add(name.text);
  }
}

/** For short lists, without a set. */
function hasRepeated(nodes: readonly { readonly name: Name }[]): boolean {
  for (let i = 1; i < nodes.length; i++)
    for (let j = 0; j < i; j++) if (nodes[i]?.name.text === nodes[j]?.name.text) return true;
  return false;
}
