import { renderJson } from '../../cli/output/format.ts';
import { locate, type Finding } from '../../compiler/diagnostics/located.ts';
import { countFindings, renderDiagnostic } from '../../compiler/diagnostics/render-text.ts';
import { githubAnnotation } from '../../shared/github-annotation.ts';
import type { CommandContext } from '../command-context.ts';
import { displayPath } from '../../cli/display-path.ts';
import type { FindingOptions } from './finding-options.ts';

/**
 * Prints findings in the wanted form: text on stderr, what a program reads on stdout. `result` joins the members of the JSON form.
 * Says whether they are fatal: an error, or a warning where warnings are denied.
 */
export async function printFindings(
  context: CommandContext,
  all: readonly Finding[],
  { format, warnings }: FindingOptions,
  result: object = {},
): Promise<boolean> {
  const { print, input } = context;
  const findings = warnings === 'hide' ? all.filter(({ severity }) => severity === 'error') : all;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const fatal = errors > 0 || (warnings === 'deny' && findings.length > 0);
  if (format === 'text') printText(context, findings);
  else {
    const items = findings.map((each) => ({ each, place: locate(each, displayPath(input.cwd, each.source.path)) }));
    const places = items.map(({ place }) => place);
    if (format === 'github') for (const place of places) print(githubAnnotation(place));
    else if (format === 'sarif') {
      const { compilerSarif } = await import('../../compiler/diagnostics/sarif.ts');
      print(renderJson(compilerSarif(places)));
    } else {
      const diagnostics = items.map(({ each, place }) => ({ ...place, text: renderDiagnostic(each, place.file) }));
      print(renderJson({ ok: !fatal, errors, warnings: findings.length - errors, ...result, diagnostics }));
    }
  }
  return fatal;
}

/** Findings for a person, a blank line between them, and how many there are. */
function printText({ input, warn, findingPaint }: CommandContext, findings: readonly Finding[]): void {
  for (const each of findings)
    warn(`${renderDiagnostic(each, displayPath(input.cwd, each.source.path), findingPaint)}\n`);
  if (findings.length > 0) warn(countFindings(findings));
}
