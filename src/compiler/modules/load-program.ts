import { suggest } from '../../shared/suggest.ts';
import { Reporter } from '../diagnostics/reporter.ts';
import { SourceFile, type Span } from '../source/source-file.ts';
import type { FoundModule, ModuleResolver } from '../source/resolver.ts';
import type { Import } from '../syntax/ast.ts';
import { parseModule } from '../syntax/parse-module.ts';
import type { LoadedModule, ModuleGraph } from './graph.ts';
import { STANDARD_NAMES } from './standard-names.ts';

const STANDARD_MODULES = Object.keys(STANDARD_NAMES);

/** A module on the way to be loaded: its imports are followed one by one. */
interface Visit extends LoadedModule {
  readonly imports: Map<Import, LoadedModule>;
  readonly findings: Reporter;
  /** Imports that were reported to lead into a ring. */
  readonly ringed: Set<Import>;
  /** Index of the import to follow next. */
  next: number;
}

/**
 * Parses the entry and all that it imports, each file once, imported files before those that import them. Walks without recursion: a chain of
 * imports may have any length. What is found is reported file by file in that order.
 */
export function loadProgram(entry: FoundModule, resolver: ModuleResolver, report: Reporter): ModuleGraph {
  const visits = new Map<string, Visit>();
  const done: Visit[] = [];
  const first = visit(entry, false);
  visits.set(entry.path, first);
  const path = [first];
  const places = new Map<Visit, number>([[first, 0]]);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const written = top.module.imports[top.next++];
    if (written === undefined) {
      path.pop();
      places.delete(top);
      done.push(top);
      continue;
    }
    const found = resolver.resolve(written.specifier, top.module.source.path);
    if (found === undefined) {
      reportNotFound(top, written);
      continue;
    }
    const known = visits.get(found.path);
    const place = known === undefined ? undefined : places.get(known);
    if (place !== undefined) {
      reportCycle(path.slice(place));
      continue;
    }
    const target = known ?? visit(found, isStandard(written.specifier) || (top.std && isRelative(written.specifier)));
    top.imports.set(written, target);
    if (known !== undefined) continue;
    visits.set(found.path, target);
    places.set(target, path.length);
    path.push(target);
  }
  for (const { findings } of done)
    for (const { kind, source, span, message, help } of findings.sorted())
      report.report(kind, source, span, message, help);
  return { modules: done };
}

function visit({ path, text }: FoundModule, std: boolean): Visit {
  const findings = new Reporter();
  const module = parseModule(new SourceFile(path, text), findings);
  return { module, imports: new Map(), std, findings, ringed: new Set(), next: 0 };
}

const isStandard = (specifier: string) => specifier.startsWith('std/');
const isRelative = (specifier: string) => !isStandard(specifier);
const keyword = ({ start }: Import): Span => ({ start, end: start + 'import'.length });

function reportNotFound({ module, findings }: Visit, written: Import): void {
  const { specifier } = written;
  findings.report(
    'module-not-found',
    module.source,
    keyword(written),
    `There is no module "${specifier}".`,
    notFoundHelp(specifier),
  );
}

function notFoundHelp(specifier: string): string {
  if (!isStandard(specifier)) {
    if (STANDARD_MODULES.includes(`std/${specifier}`)) return `Write \`from "std/${specifier}"\`.`;
    return 'A path is relative to the importing file; `.clarity` is added where it is absent.';
  }
  const near = suggest(specifier, STANDARD_MODULES);
  return near === undefined
    ? `The bundled library has ${STANDARD_MODULES.join(', ')}.`
    : `Did you mean \`from "${near}"\`?`;
}

/** Reported where the ring is entered: at the import of the member that was reached first, on the way to the others. */
function reportCycle(ring: readonly Visit[]): void {
  const [first] = ring;
  const written = first?.module.imports[first.next - 1];
  if (first === undefined || written === undefined || first.ringed.has(written)) return;
  first.ringed.add(written);
  const names = [...ring, first].map(({ module }) => module.source.path);
  first.findings.report(
    'module-unavailable',
    first.module.source,
    keyword(written),
    `These modules import each other: ${names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-5)].join(' → ') : names.join(' → ')}.`,
    'Move what they share into a module of its own, which imports none of them.',
  );
}
