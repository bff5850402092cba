// Not the room's index: that loads the YAML parser and the schema's validator, which most commands never need.
import { renderDiagnostic } from '../../manifest/diagnostics.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { printable } from '../../shared/text.ts';
import type { Paint } from './paint.ts';

/** The rendered form of a finding, `severity[Code] file:line:col` first, safe for a terminal. */
export function renderFinding(diagnostic: Diagnostic, paint: Paint): string {
  const safe = { ...diagnostic, text: printable(diagnostic.text) };
  return renderDiagnostic(safe, { color: paint.isColorSupported }).trimEnd();
}
