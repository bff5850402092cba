import type { JsonObject } from './json.ts';
import type { PlacedFinding } from './placed-finding.ts';

/** What a SARIF log says about the tool that made it. */
export interface SarifTool {
  readonly name: string;
  /** What one column is. */
  readonly columnKind: 'unicodeCodePoints' | 'utf16CodeUnits';
  /** Further members of a rule's entry, such as its texts. */
  readonly describe?: (code: string) => JsonObject;
}

/** A SARIF 2.1.0 log of all findings; each code that occurs is a rule. */
export function sarifLog(tool: SarifTool, findings: readonly PlacedFinding[]): JsonObject {
  const { name, columnKind, describe = () => ({}) } = tool;
  const codes = [...new Set(findings.map(({ code }) => code))];
  return {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, rules: codes.map((id) => ({ id, ...describe(id) })) } },
        columnKind,
        results: findings.map((finding) => ({
          ruleId: finding.code,
          level: finding.severity,
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURI(finding.file) }, region: region(finding) },
            },
          ],
        })),
      },
    ],
  };
}

function region({ line, column, endLine, endColumn }: PlacedFinding): JsonObject {
  return {
    startLine: line,
    startColumn: column,
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}
