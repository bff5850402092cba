import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const origins: [string, string[], object][] = [
  [
    'stdio',
    ['--stdio', '--', 'npx', '-y', 'pkg', '-o', 'x'],
    { type: 'local_stdio', command: 'npx', args: ['-y', 'pkg', '-o', 'x'] },
  ],
  ['remote', ['--remote', 'http://127.0.0.1:1/mcp'], { type: 'remote_mcp', endpoint: 'http://127.0.0.1:1/mcp' }],
  ['wasm', ['--wasm', 'greet.clarity'], { type: 'local_wasm' }],
];

describe('new', () => {
  it.each(origins)('%s: a valid manifest whose modeline finds the schema', async (_what, argv, origin) => {
    const cwd = tempFolder();
    const { code, stdout } = await cli(['new', 'files', ...argv], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'services.d/files.yaml written\n' });
    const file = join(cwd, 'services.d/files.yaml');
    const text = readFileSync(file, 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)\n/.exec(text) ?? [];
    expect(resolve(dirname(file), schema)).toBe(join(cwd, '.clarity/mcp-service-v1.schema.json'));
    expect(JSON.parse(readFileSync(resolve(dirname(file), schema), 'utf8'))).toHaveProperty('$schema');
    const { documents, diagnostics } = parseManifests('files.yaml', text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(documents[0]?.document.spec).toMatchObject({ origin });
  });

  it('--wasm writes the grants that the program asks for, and refuses one that does not compile', async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'r.clarity'), 'module R\neffect[FileSystem] function r() -> String { read_file("a") }\n');
    const origin = async (...argv: string[]) => {
      const { stdout } = await cli(['new', 'r', '--dry-run', '--wasm', ...argv], { cwd });
      return parseManifests('r.yaml', stdout).documents[0]?.document.spec;
    };
    expect(await origin('r.clarity')).toMatchObject({ origin: { capabilities: { fs: { read: ['.'] } } } });
    expect(await origin('later.clarity')).toMatchObject({ origin: { capabilities: {} } });
    expect(await origin('later.wasm')).toMatchObject({ origin: { wasmPath: 'later.wasm', capabilities: {} } });
    writeFileSync(join(cwd, 'bad.clarity'), 'module B\nfunction f() -> Int64 { "x" }\n');
    const { code, stderr } = await cli(['new', 'b', '--wasm', 'bad.clarity'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('--> bad.clarity:2:');
    expect(existsSync(join(cwd, 'services.d'))).toBe(false);
  });

  it('never overwrites', async () => {
    const cwd = tempFolder();
    await cli(['new', 'files', '--remote', 'http://127.0.0.1:1/mcp'], { cwd });
    const { code, stderr } = await cli(['new', 'files', '--stdio', '--', 'node'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('services.d/files.yaml already exists');
    expect(readFileSync(join(cwd, 'services.d/files.yaml'), 'utf8')).toContain('remote_mcp');
  });

  it.each([['--dry-run'], ['-o', 'yaml']])('%s %s prints and writes nothing', async (...flags) => {
    const cwd = tempFolder();
    const { code, stdout } = await cli(['new', 'files', ...flags, '--stdio', '--', 'node'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('command: node');
    expect(existsSync(join(cwd, 'services.d'))).toBe(false);
  });

  it('-f and --dir say where; outside of this folder the schema lies beside the manifest’s folder', async () => {
    const root = tempFolder();
    const cwd = join(root, 'here');
    mkdirSync(cwd);
    expect((await cli(['new', 'a', '-f', 'x/a.yml', '--stdio', '--', 'node'], { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, 'x/a.yml'))).toBe(true);
    expect((await cli(['new', 'b', '--dir', '../there/services.d', '--stdio', '--', 'node'], { cwd })).code).toBe(0);
    expect(existsSync(join(root, 'there/.clarity/mcp-service-v1.schema.json'))).toBe(true);
  });

  it.each([
    [['files'], 'say one of --stdio'],
    [['files', '--stdio', '--remote', 'http://a/'], 'say one of --stdio'],
    [['files', '--stdio'], 'needs a command'],
    [['files', '--remote', 'http://a/', '--', 'node'], 'unexpected: node'],
    [['Not A Name', '--stdio', '--', 'node'], 'name'],
    [['files', '--remote', 'ftp://a/'], 'endpoint'],
  ])('%j: 2', async (argv, message) => {
    const cwd = tempFolder();
    const { code, stderr } = await cli(['new', ...argv], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(cwd, 'services.d'))).toBe(false);
  });
});
