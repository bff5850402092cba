import { describe, expect, it } from 'vitest';
import { sourceFolder } from '../helpers/run-clarityc.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const TOOL = 'module Main\nexport function add(a: Int64, b: Int64) -> Int64 { a + b }\n';
const BAD = 'module Main\nfunction f() -> Int64 { "x" }\n';
const TEST = `module MathTest
import { add } from "./math"
effect[Test] function test_add() -> Unit { assert_eq(add(1, 2), 3) }
`;

/** Runs add-all in a folder with these files, against a daemon. */
async function addAll(files: Readonly<Record<string, string>>, argv: readonly string[], terminal = false) {
  const cwd = sourceFolder(files);
  const api = await testApi();
  const url = await api.listen();
  const { code, stdout, stderr } = await cli(['--daemon-url', url, 'add-all', ...argv], { cwd, terminal });
  return { code, stdout, stderr, cwd, applied: api.runtime.asked.filter(([method]) => method === 'apply').length };
}

describe('add-all', () => {
  it('adds each program of a folder, as add does', async () => {
    const { code, stdout, cwd } = await addAll({ 'a.clarity': TOOL, 'b.clarity': TOOL, 'sub/c.clarity': TOOL }, []);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as object;
    expect(Object.keys(answer).slice(0, 5)).toEqual(['ok', 'rootDir', 'scanned', 'added', 'services']);
    expect(answer).toMatchObject({ ok: true, rootDir: cwd, scanned: 2, added: 2 });
    expect(answer).toMatchObject({ services: [{ name: 'a', ok: true, ready: 'True' }, { name: 'b' }] });
  });

  it('looks into the folders below with --recursive, but for dot folders and node_modules', async () => {
    const files = {
      'x/a.clarity': TOOL,
      'x/.git/b.clarity': TOOL,
      'x/node_modules/c.clarity': TOOL,
      'd.clarity': TOOL,
    };
    const { stdout } = await addAll(files, ['.', '--recursive']);
    expect(JSON.parse(stdout)).toMatchObject({ added: 2, services: [{ name: 'd' }, { name: 'a' }] });
  });

  it('counts a folder with clarity.json once, by its entry', async () => {
    const files = {
      'p/clarity.json': '{"entry":"start.clarity","name":"project"}',
      'p/start.clarity': TOOL,
      'p/other.clarity': TOOL,
      'p/lib/part.clarity': TOOL,
    };
    const { stdout } = await addAll(files, ['--recursive']);
    expect(JSON.parse(stdout)).toMatchObject({ scanned: 3, added: 1, services: [{ name: 'project' }] });
  });

  it('leaves out what another program imports, and tests', async () => {
    const files = {
      'main2.clarity': 'module M\nimport { add } from "./lib"\nexport function two() -> Int64 { add(1, 1) }\n',
      'lib.clarity': TOOL,
      'math.clarity': TOOL,
      'math_test.clarity': TEST,
    };
    const { stdout } = await addAll(files, []);
    expect(JSON.parse(stdout)).toMatchObject({
      services: [{ name: 'main2' }, { name: 'math' }],
      skipped: [
        { file: 'lib.clarity', why: 'main2.clarity imports it' },
        { file: 'math_test.clarity', why: 'it has no function that would be a tool' },
      ],
    });
  });

  it('goes on after a failure, says which, and ends with 1', async () => {
    const files = { 'a.clarity': BAD, 'b.clarity': TOOL, 'p/clarity.json': 'broken', 'x/b.clarity': TOOL };
    const { code, stdout, stderr, applied } = await addAll(files, ['--recursive']);
    expect(code).toBe(1);
    expect(applied).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      added: 1,
      services: [
        { ok: false, sourceFile: 'p/clarity.json' },
        { ok: false, sourceFile: 'a.clarity', error: 'a.clarity does not compile: 1 error' },
        { ok: true, name: 'b' },
        { ok: false, sourceFile: 'x/b.clarity', error: 'x/b.clarity would be the service b, as b.clarity is' },
      ],
    });
    expect(stderr).toContain('--> a.clarity:2:');
    expect(stderr).toContain('clarityctl add x/b.clarity --name NAME');
  });

  it('says where there is nothing', async () => {
    const { code, stdout, cwd } = await addAll({ 'readme.md': '' }, []);
    expect(code).toBe(0);
    const note = `there is no Clarity program in ${cwd}; --recursive looks into the folders below`;
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, added: 0, services: [], note });
    expect((await addAll({}, ['gone'])).code).toBe(2);
  });

  it('tells a person one line a program', async () => {
    const { stdout } = await addAll({ 'a.clarity': TOOL }, [], true);
    expect(stdout).toBe('service/a created, ready; grants: none: it asks for nothing\n1 of 1 added, out of 1 files\n');
  });
});
