import { describe, expect, it } from 'vitest';
import { countFindings, renderDiagnostic } from '../../../src/compiler/diagnostics/render-text.ts';
import { Reporter, type CompilerDiagnostic } from '../../../src/compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../../src/compiler/source/source-file.ts';

/** A finding about the part of the text between ‹ and ›. */
function finding(marked: string, message = 'It is wrong.', help?: string): CompilerDiagnostic {
  const source = new SourceFile('/programs/main.clarity', marked.replace(/[‹›]/g, ''));
  const span = { start: marked.indexOf('‹'), end: marked.indexOf('›') - 1 };
  const report = new Reporter();
  report.report('arg-type', source, span, message, help);
  return report.sorted()[0]!;
}

const frame = (marked: string) => renderDiagnostic(finding(marked), 'main.clarity').split('\n').slice(3);

describe('a diagnostic for a person', () => {
  it('has the shape of language.md §8 with its code', () => {
    const text = 'module Main\n\n  call(‹"a"›)\n';
    expect(renderDiagnostic(finding(text, 'Argument 1 is `String`.', 'Write `1`.'), 'src/main.clarity')).toBe(
      [
        'error[E306]: Argument 1 is `String`.',
        ' --> src/main.clarity:3:8',
        '  |',
        '3 |   call("a")',
        '  |        ^^^',
        '  = help: Write `1`.',
      ].join('\n'),
    );
  });

  it.each([
    ['a tab as four columns', '\tx = ‹yy›', ['1 |     x = yy', '  |         ^^']],
    ['a wide character as two columns', '"漢字" ++ ‹"漢"›', ['1 | "漢字" ++ "漢"', '  |           ^^^^']],
    ['a combining mark as none', '"e\u0301" ++ ‹x›', ['1 | "e\u0301" ++ x', '  |        ^']],
    ['an emoji as two columns', '"😀" ++ ‹x›', ['1 | "😀" ++ x', '  |         ^']],
    ['a control character as an escape', '"\u001b[2J" ‹x›', ['1 | "\\u001b[2J" x', '  |             ^']],
    ['a place without text as one caret', 'let x =‹›\n', ['1 | let x =', '  |        ^']],
    ['only the first line of a long part', 'f ‹{\n  1\n}›', ['1 | f {', '  |   ^']],
    ['a line that ends with CR LF', 'f(‹x›)\r\ng', ['1 | f(x)', '  |   ^']],
  ])('shows %s', (_, marked, expected) => {
    expect(frame(marked)).toEqual(expected);
  });

  it('cuts a long line around the marked part', () => {
    const [code, marks] = frame(`${'a'.repeat(300)}‹bad›${'c'.repeat(300)}`) as [string, string];
    expect(code).toBe(`1 | …${'a'.repeat(40)}bad${'c'.repeat(77)}…`);
    expect(code.indexOf('bad')).toBe(marks.indexOf('^^^'));
  });

  it('is safe for a terminal wherever text of the program comes in', () => {
    const evil = '\u001b]0;title\u0007';
    const text = renderDiagnostic(finding(`‹${evil}›`, evil, evil), evil);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('lets further lines of message and help stand below the first', () => {
    const lines = renderDiagnostic(finding('‹x›', 'One.\nTwo.', 'Three.\nFour.'), 'a.clarity').split('\n');
    expect(lines).toContain('  Two.');
    expect(lines.slice(-2)).toEqual(['  = help: Three.', '          Four.']);
  });
});

describe('the summary', () => {
  it.each([
    [0, 0, ''],
    [1, 0, '1 error'],
    [2, 1, '2 errors, 1 warning'],
    [0, 2, '2 warnings'],
  ])('of %i errors and %i warnings is %j', (errors, warnings, text) => {
    const findings = [
      ...Array.from({ length: errors }, () => ({ severity: 'error' as const })),
      ...Array.from({ length: warnings }, () => ({ severity: 'warning' as const })),
    ];
    expect(countFindings(findings)).toBe(text);
  });
});
