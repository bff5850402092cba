import { describe, expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

const USES = (name: string) => `module ${name}\nimport { one } from "./lib"\nfunction main() -> Int64 { one() }\n`;

describe('check', () => {
  it('takes files and folders, with all that is below', async () => {
    const cwd = sourceFolder({
      'a.clarity': 'module A\n',
      'src/b.clarity': 'module B\n',
      'src/deep/c.clarity': 'module C\n',
      'src/.hidden/d.clarity': 'no',
      'src/node_modules/e.clarity': 'no',
      'src/readme.md': 'no',
    });
    const { code, stdout } = await clarityc(['check', 'a.clarity', 'src', './a.clarity'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Checked 4 files\n' });
  });

  it('tells a finding of a shared import once', async () => {
    const cwd = sourceFolder({
      'a.clarity': USES('A'),
      'b.clarity': USES('B'),
      'lib.clarity': 'module Lib\nexport function one() -> Int64 { "1" }\n',
    });
    const { code, stdout } = await clarityc(['check', '.', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, errors: 1, files: 3 });
  });

  it.each([
    ['nothing', /cannot read nothing: no such file/],
    ['empty', /there is no \.clarity file in empty/],
  ])('%s is a usage error', async (path, message) => {
    const { code, stderr } = await clarityc(['check', path], { cwd: sourceFolder({ 'empty/x': '' }) });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
