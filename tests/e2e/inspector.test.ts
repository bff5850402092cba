import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

/** Its program looks for a package.json above the current folder, so it is run in its own. */
const BUILD = join(
  createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector-cli/package.json'),
  '../build',
);

/** The official Inspector, an independent client, against the aggregate endpoint. */
describe('the Inspector CLI', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const inspect = async (...args: string[]) => {
    const command = ['index.js', daemon.mcp, '--transport', 'http', ...args];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: BUILD });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  beforeAll(async () => {
    workspace = await Workspace.create({
      'services.d/everything.yaml': stdioManifest('everything', [serverEntry('everything'), 'stdio']),
    });
    daemon = await workspace.daemon();
    await daemon.ctl('wait', 'everything', '--for=ready', '--timeout', '25s');
  }, 40_000);
  afterAll(() => workspace.dispose());

  it('lists and calls tools', async () => {
    const { tools } = (await inspect('--method', 'tools/list')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toContain('everything__echo');
    expect(
      await inspect('--method', 'tools/call', '--tool-name', 'everything__echo', '--tool-arg', 'message=hello'),
    ).toMatchObject({ content: [{ type: 'text', text: 'Echo: hello' }] });
  });

  it('lists resources, templates and prompts', async () => {
    expect(await inspect('--method', 'resources/list')).toMatchObject({
      resources: expect.arrayContaining([expect.objectContaining({ uri: expect.any(String) })]),
    });
    expect(await inspect('--method', 'resources/templates/list')).toMatchObject({
      resourceTemplates: expect.any(Array),
    });
    const { prompts } = (await inspect('--method', 'prompts/list')) as { prompts: { name: string }[] };
    expect(prompts.every(({ name }) => name.startsWith('everything__'))).toBe(true);
  });
});
