import { describe, expect, it } from 'vitest';
import { locate } from '../../../src/compiler/diagnostics/located.ts';
import { Reporter } from '../../../src/compiler/diagnostics/reporter.ts';
import { compilerSarif } from '../../../src/compiler/diagnostics/sarif.ts';
import { SourceFile } from '../../../src/compiler/source/source-file.ts';

const report = new Reporter();
report.report('let-type', new SourceFile('/w/a.clarity', '"😀" x\ny'), { start: 5, end: 8 }, 'No.', 'Do.');
const located = locate(report.sorted()[0]!, 'a b.clarity');

describe('a diagnostic for a program', () => {
  it('has its place in lines and UTF-16 columns, the end exclusive', () => {
    expect(located).toEqual({
      severity: 'error',
      code: 'E303',
      kind: 'let-type',
      file: 'a b.clarity',
      line: 1,
      column: 6,
      endLine: 2,
      endColumn: 2,
      message: 'No.',
      help: 'Do.',
    });
  });

  it('is a SARIF result of a rule with its documentation', () => {
    const [run] = compilerSarif([located, located]).runs as readonly any[];
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.tool.driver).toMatchObject({ name: 'clarityc', rules: [{ id: 'E303', name: 'let-type' }] });
    expect(run.tool.driver.rules[0].help.text).toMatch(/annotation/);
    expect(run.results).toHaveLength(2);
    expect(run.results[0]).toMatchObject({ ruleId: 'E303', level: 'error', message: { text: 'No.\nDo.' } });
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b.clarity' },
      region: { startLine: 1, startColumn: 6, endLine: 2, endColumn: 2 },
    });
  });
});
