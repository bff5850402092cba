import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function home() {
  const cwd = tempFolder();
  const claude = join(cwd, '.claude.json');
  const on = (argv: readonly string[], terminal = false) =>
    cli(argv, { cwd, terminal, env: { HOME: cwd, PATH: '/nowhere', NO_COLOR: '1' } });
  return { cwd, claude, codex: join(cwd, '.codex/config.toml'), on };
}

describe('bootstrap', () => {
  it('needs no daemon, and prints the original’s JSON in a pipe', async () => {
    const { cwd, claude, codex, on } = home();
    const { code, stdout, stderr } = await on(['bootstrap', '--update-agents-md']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      transport: 'stdio',
      agents_md: { updated: true, path: join(cwd, 'AGENTS.md') },
      results: [
        { client: 'codex', updated: true, path: codex },
        { client: 'claude', updated: true, path: claude },
      ],
    });
    expect(stderr).toContain('clarityctl is not in PATH');
    const removed = await on(['bootstrap-remove', '--update-agents-md']);
    expect(JSON.parse(removed.stdout)).toMatchObject({
      removed: true,
      results: [{ updated: true }, { updated: true }],
    });
    expect(readFileSync(codex, 'utf8')).toBe('');
  });

  it('says in sentences on a terminal what changed, and the difference in a dry run', async () => {
    const { claude, on } = home();
    const argv = ['bootstrap', '--clients', 'claude', '--transport', 'http', '--endpoint', 'http://127.0.0.1:9/mcp'];
    const dry = await on([...argv, '--dry-run'], true);
    expect(dry.stdout).toContain(`claude configured (dry run): ${claude}\n--- /dev/null\n`);
    expect(dry.stdout).toContain('+      "url": "http://127.0.0.1:9/mcp"');
    expect(existsSync(claude)).toBe(false);
    expect((await on(argv, true)).stdout).toBe(`claude configured: ${claude}\n`);
    expect((await on(argv, true)).stdout).toBe(`claude unchanged: ${claude}\n`);
    expect((await on(['bootstrap', '--status'], true)).stdout).toContain(
      `claude configured (http http://127.0.0.1:9/mcp): ${claude}`,
    );
  });

  it('never touches a file that does not parse: 1 and its line', async () => {
    const { claude, codex, on } = home();
    writeFileSync(claude, '{"a": 1,}');
    const { code, stderr } = await on(['bootstrap']);
    expect({ code, text: readFileSync(claude, 'utf8') }).toEqual({ code: 1, text: '{"a": 1,}' });
    expect(stderr).toContain('.claude.json:1: ');
    expect(existsSync(codex)).toBe(false);
    expect((await on(['bootstrap', '--status'])).code).toBe(1);
  });

  it.each([
    [['--clients', 'cursor'], 'clarityctl export'],
    [['--transport', 'ws'], 'neither stdio nor http'],
    [['--transport', 'http', '--endpoint', 'x'], 'no http or https URL'],
    [['--endpoint', 'http://a/'], 'of transport http'],
    [['--with-token-env', 'MY_TOKEN'], 'under their own names'],
  ])('%j: 2', async (argv, why) => {
    const { codex, on } = home();
    const { code, stderr } = await on(['bootstrap', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(existsSync(codex)).toBe(false);
  });

  it('without HOME: 2', async () => {
    const { code, stderr } = await cli(['bootstrap'], { cwd: tempFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('HOME is not set');
  });
});
