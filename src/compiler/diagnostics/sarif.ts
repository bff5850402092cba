import type { JsonObject } from '../../shared/json.ts';
import { sarifLog } from '../../shared/sarif.ts';
import { findKindPage } from './explanations/index.ts';
import type { LocatedDiagnostic } from './located.ts';

/** A SARIF 2.1.0 log of findings; its rules carry the documentation of their codes. */
export function compilerSarif(findings: readonly LocatedDiagnostic[]): JsonObject {
  const results = findings.map((each) => ({
    ...each,
    message: each.help === undefined ? each.message : `${each.message}\n${each.help}`,
  }));
  return sarifLog({ name: 'clarityc', columnKind: 'utf16CodeUnits', describe }, results);
}

function describe(code: string): JsonObject {
  const page = findKindPage(code);
  if (page === undefined) return {};
  const { kind, severity, summary, text } = page;
  return {
    name: kind,
    shortDescription: { text: summary },
    help: { text },
    defaultConfiguration: { level: severity },
  };
}
