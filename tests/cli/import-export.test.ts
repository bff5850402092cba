import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

const SERVERS = {
  files: { command: 'npx', args: ['-y', 'files'], env: { API_KEY: 'hush' } },
  bad: { command: 'a', args: ['--token', 'hush'] },
};

function home() {
  const cwd = tempFolder();
  writeFileSync(join(cwd, '.mcp.json'), JSON.stringify({ mcpServers: SERVERS }));
  return { cwd, on: (argv: readonly string[]) => cli(argv, { cwd, env: { HOME: cwd } }) };
}

describe('import', () => {
  it('--dry-run prints the manifests; a line a server on stderr; 1 where one was skipped', async () => {
    const { on } = home();
    const { code, stdout, stderr } = await on(['import', '.mcp.json', '--dry-run']);
    expect(code).toBe(1);
    expect(stdout).toContain('kind: MCPService\nmetadata:\n  name: files\n');
    expect(stdout + stderr).not.toContain('hush');
    expect(stderr).toBe(
      'files: service/files valid\n  note: set API_KEY for the daemon: its value stands in .mcp.json\n' +
        'bad: skipped: argument 2 looks like a secret, which a manifest must not hold: hand it over in env\n',
    );
  });

  it('--out writes without a daemon and never overwrites', async () => {
    const { cwd, on } = home();
    expect((await on(['import', '.mcp.json', '--out', 'services.d'])).stdout).toContain(
      'files: service/files written: services.d/files.yaml\n',
    );
    writeFileSync(join(cwd, 'services.d/files.yaml'), 'mine');
    const { code, stderr } = await on(['import', '.mcp.json', '--out', 'services.d']);
    expect(code).toBe(1);
    expect(stderr).toContain('already exists');
    expect(readFileSync(join(cwd, 'services.d/files.yaml'), 'utf8')).toBe('mine');
  });

  it('applies through the daemon', async () => {
    const { cwd } = home();
    const api = await testApi();
    writeFileSync(join(cwd, '.mcp.json'), JSON.stringify({ mcpServers: { files: SERVERS.files } }));
    const { code, stdout } = await cli(['--daemon-url', await api.listen(), 'import', '.mcp.json', '-o', 'json'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ items: [{ server: 'files', name: 'files' }] });
    expect(api.runtime.asked.map(([method]) => method)).toContain('apply');
  });

  it('without a file: 2, and which ones there are', async () => {
    const { cwd, on } = home();
    mkdirSync(join(cwd, '.codex'));
    writeFileSync(join(cwd, '.codex/config.toml'), '');
    const { code, stderr } = await on(['import']);
    expect(code).toBe(2);
    expect(stderr).toContain('clarityctl import .mcp.json .codex/config.toml');
  });

  it.each([
    ['none.json', 'no such file'],
    ['bad.json', 'bad.json:2: '],
  ])('%s: 2', async (file, why) => {
    const { cwd, on } = home();
    writeFileSync(join(cwd, 'bad.json'), '{\n"mcpServers": [}');
    const { code, stderr } = await on(['import', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });
});

describe('export', () => {
  it('prints the gateway for each client', async () => {
    const { on } = home();
    expect(JSON.parse((await on(['export'])).stdout)).toMatchObject({
      mcpServers: { clarity_gateway: { type: 'http' } },
    });
    expect(JSON.parse((await on(['export', '--client', 'vscode'])).stdout)).toHaveProperty('servers.clarity_gateway');
    expect((await on(['export', '--client', 'codex'])).stdout).toContain('[mcp_servers.clarity_gateway]\nurl = ');
    expect(JSON.parse((await on(['export', '--client', 'claude-desktop'])).stdout)).toHaveProperty(
      'mcpServers.clarity_gateway.command',
    );
  });

  it('--direct prints the servers of manifests', async () => {
    const { on } = home();
    await on(['import', '.mcp.json', '--out', 'services.d']);
    const { code, stdout } = await on(['export', '--direct', '--client', 'cursor']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      mcpServers: {
        files: { command: 'npx', args: ['-y', 'files'], env: { API_KEY: ['$', '{env:API_KEY}'].join('') } },
      },
    });
  });

  it.each([
    [['--client', 'zed'], 'must be one of'],
    [['--client', 'claude-desktop', '--transport', 'http'], 'reads only commands'],
    [['--endpoint', 'x'], 'no http or https URL'],
  ])('%j: 2', async (argv, why) => {
    const { on } = home();
    const { code, stderr } = await on(['export', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
  });
});
