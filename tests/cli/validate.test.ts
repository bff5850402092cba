import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stdioManifest } from '../helpers/manifests.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const A = stdioManifest('a', []);
const TYPO = A.replace('spec:', 'spec:\n  enabeld: true');
/** A field that does nothing yet: a warning. */
const SOON =
  'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata:\n  name: soon\nspec:\n  rateLimit:\n    callsPerMinute: 5\n';

function folder(files: Record<string, string | Buffer>): string {
  const root = tempFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

describe('validate', () => {
  it('checks ./services.d and one folder below by default', async () => {
    const cwd = folder({
      'services.d/a.yaml': A,
      'services.d/mcp/b.json': '{"kind": 1}',
      'services.d/x/y/c.yaml': 'kind: [',
    });
    const { code, stdout } = await cli(['validate'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('services.d/mcp/b.json:1:');
    expect(stdout).not.toContain('c.yaml');
    expect(stdout).toMatch(/invalid: 2 files, 1 document, \d+ errors?, 0 warnings\n$/);
  });

  it('0 and a sentence where all is well', async () => {
    const cwd = folder({ 'services.d/a.yaml': A, 'services.d/README.md': 'no manifest' });
    expect(await cli(['validate'], { cwd })).toEqual({
      code: 0,
      stdout: 'valid: 1 file, 1 document, 0 errors, 0 warnings\n',
      stderr: '',
    });
  });

  it('points at file:line:col with a code frame and a suggestion', async () => {
    const cwd = folder({ 'a.yaml': TYPO });
    const { code, stdout } = await cli(['validate', 'a.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error\[\w+\] a\.yaml:6:3\n/);
    expect(stdout).toContain('did you mean "enabled"');
    expect(stdout).toContain('>  6 |');
  });

  it('warnings count only with --strict', async () => {
    const cwd = folder({ 'soon.yaml': SOON });
    expect((await cli(['validate', 'soon.yaml'], { cwd })).code).toBe(0);
    const strict = await cli(['validate', 'soon.yaml', '--strict'], { cwd });
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('warning[NotSupportedYet]');
  });

  it('finds two documents of one identity in different files, and two services of one namespace', async () => {
    const other = stdioManifest('b', [], '  toolNamespace: a\n');
    const cwd = folder({ 'one.yaml': A, 'three.yaml': other, 'two.yaml': A });
    const { code, stdout } = await cli(['validate', '.'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('error[NamespaceConflict] three.yaml:1:1');
    expect(stdout).toContain('error[Conflict] two.yaml:1:1\n  MCPService "a" is already defined at one.yaml:1');
  });

  it('reads a file once that is named twice', async () => {
    const cwd = folder({ 'a.yaml': A });
    expect((await cli(['validate', 'a.yaml', '.', './a.yaml'], { cwd })).code).toBe(0);
  });

  it('reads stdin', async () => {
    const { code, stdout } = await cli(['validate', '-'], { cwd: tempFolder(), input: TYPO });
    expect(code).toBe(1);
    expect(stdout).toContain('<stdin>:6:3');
  });

  it('speaks json, github and sarif', async () => {
    const cwd = folder({ 'a.yaml': TYPO });
    const as = async (format: string) => (await cli(['validate', 'a.yaml', '-o', format], { cwd })).stdout;
    expect(JSON.parse(await as('json'))).toMatchObject({
      valid: false,
      errors: 1,
      items: [{ file: 'a.yaml', line: 6, column: 3 }],
    });
    expect(await as('github')).toMatch(/^::error file=a\.yaml,line=6,col=3/);
    expect(JSON.parse(await as('sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ level: 'error' }] }],
    });
  });

  it.each([
    ['no UTF-8', Buffer.from([0x61, 0xff, 0xfe])],
    ['larger than 1 MiB', `# ${'x'.repeat(1_048_576)}`],
  ])('2 for a file that is %s', async (what, content) => {
    const cwd = folder({ 'a.yaml': content });
    const { code, stderr } = await cli(['validate', 'a.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('a.yaml is');
    expect(what).not.toBe('');
  });
});
