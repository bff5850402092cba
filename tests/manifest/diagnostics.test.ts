import { describe, expect, it } from 'vitest';
import { parseManifests, renderDiagnostic, renderGithub, toSarif } from '../../src/manifest/index.ts';
import type { Diagnostic } from '../../src/shared/diagnostic.ts';

const SAMPLE = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: search

spec:
  enabled: true
  enabeld: true
  origin:
    type: local_stdio
    command: x
`;
const first = (text: string, file = 'services.d/search.yaml'): Diagnostic => {
  const [diagnostic] = parseManifests(file, text).diagnostics;
  if (diagnostic === undefined) throw new Error('nothing is wrong');
  return diagnostic;
};

describe('the text of a diagnostic', () => {
  it('is the sample of reconcile-behaviour §7', () => {
    expect(renderDiagnostic(first(SAMPLE), { note: 'The previous version (generation 4) keeps running.' })).toBe(
      [
        'error[ManifestInvalid] services.d/search.yaml:8:3',
        '  unknown field "enabeld" in spec; did you mean "enabled"?',
        '   6 | spec:',
        '   7 |   enabled: true',
        '>  8 |   enabeld: true',
        '     |   ^^^^^^^',
        '   9 |   origin:',
        '  The previous version (generation 4) keeps running.   Docs: clarityctl explain spec',
      ].join('\n'),
    );
  });

  it('without a note is the text of the diagnostic itself', () => {
    const diagnostic = first(SAMPLE);
    expect(renderDiagnostic(diagnostic)).toBe(diagnostic.text);
    expect(diagnostic.text.split('\n').at(-1)).toBe('  Docs: clarityctl explain spec');
  });

  it('marks in colour only what is wrong, and says the same', () => {
    const colored = renderDiagnostic(first(SAMPLE), { color: true });
    // eslint-disable-next-line no-control-regex -- the colours are what is tested
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(first(SAMPLE).text);
    expect(colored).toContain('\u001b[31m^^^^^^^\u001b[0m');
  });

  it('shows tabs as one column and no control characters', () => {
    const { text } = first('kind: "a\u0007b"\t# \u202eevil\tx\n');
    expect(text).toContain('> ');
    // eslint-disable-next-line no-control-regex -- none of these may reach a terminal
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('cuts a long line around what is wrong', () => {
    const lines = first(`kind: {${'a: 1, '.repeat(3).trim()} ${' '.repeat(900)} a: ${'x'.repeat(900)}}\n`).text.split(
      '\n',
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(140);
    const marked = lines.findIndex((line) => line.startsWith('>'));
    const column = lines[marked + 1]?.indexOf('^') ?? -1;
    expect(lines[marked]?.slice(column, column + 1)).toBe('a');
  });

  it('marks the first line of what spans several', () => {
    const lines = first(
      'kind: Policy\napiVersion: clarity.runtime/v1\nmetadata: {name: p}\nspec:\n  tools: [\n    a,\n    b]\n',
    ).text.split('\n');
    expect(lines).toContain('     |          ^');
  });
});

describe('secrets in the frames', () => {
  const around = (lines: string) =>
    `${SAMPLE.replace('  enabeld: true\n', '')}    env:\n${lines.replace(/^/gm, '      ')}\n`;

  it.each([
    ['- name: GITHUB_TOKEN\n  value: hunter2\n  vlaue: 1'],
    ['- value: "hunter2"\n  name: api-key\n  vlaue: 1'],
    ['- {name: DB_PASSWORD, value: hunter2, vlaue: 1}'],
    ['- name: PRIVATE\n  value: |\n    hunter2\n  vlaue: 1'],
    ['- name: 7\n  API_TOKEN: hunter2'],
  ])('never shows the value of %j', (lines) => {
    const all = parseManifests('a.yaml', around(lines))
      .diagnostics.map(({ text }) => text)
      .join('\n');
    expect(all).toContain('unknown field');
    expect(all).not.toContain('hunter2');
  });

  it('hides it in a text that does not parse, too', () => {
    const { text } = first(around('- name: A_SECRET\n  value: hunter2\n  x: [1, 2\n  y: 3'));
    expect(text).not.toContain('hunter2');
  });

  it('hides the password of a URL', () => {
    const text = SAMPLE.replace('command: x', 'endpoint: https://me:hunter2@example.com/mcp').replace(
      'local_stdio',
      'remote_mcp',
    );
    const all = parseManifests('a.yaml', text.replace('enabeld: true', 'session: x')).diagnostics;
    expect(all.map((one) => one.text).join()).not.toContain('hunter2');
    const around = first(text.replace('  enabeld: true\n', '').replace('hunter2@', 'hunter2@').concat('    x: 1\n'));
    expect(around.text).toContain('https://me:*******@example.com/mcp');
  });

  it('shows references, which are no secrets', () => {
    expect(first(around('- name: A_TOKEN\n  secretRef: env:A_TOKEN\n  x: 1')).text).toContain('env:A_TOKEN');
  });

  it('marks the right column after a hidden value', () => {
    const diagnostic = first(around('- {name: KEY, value: hunter2, vlaue: 1}'));
    const lines = diagnostic.text.split('\n');
    const marked = lines.findIndex((line) => line.startsWith('>'));
    expect(lines[marked]?.indexOf('vlaue')).toBe(lines[marked + 1]?.indexOf('^'));
  });
});

describe('for other programs', () => {
  it('is a GitHub annotation', () => {
    expect(renderGithub({ ...first(SAMPLE, 'a,b:c.yaml'), message: '50%\nand more: so' })).toBe(
      '::error file=a%2Cb%3Ac.yaml,line=8,col=3,title=ManifestInvalid::50%25%0Aand more: so',
    );
  });

  it('is a SARIF log', () => {
    const log = toSarif([first(SAMPLE), first(SAMPLE, 'b c.yaml')]);
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { rules: [{ id: 'ManifestInvalid' }] } },
          results: [
            { level: 'error', ruleId: 'ManifestInvalid' },
            {
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'b%20c.yaml' },
                    region: { startLine: 8, startColumn: 3 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
