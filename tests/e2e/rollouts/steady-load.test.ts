import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workspace, type Daemon } from '../../helpers/daemon.ts';
import { fakeRemote, json } from '../../helpers/fake-remote.ts';
import { clarityManifest, remoteManifest } from '../../helpers/manifests.ts';
import { answerText, callMcp } from '../../helpers/mcp-client.ts';
import { sized } from '../../helpers/size.ts';
import { SteadyLoad } from '../../helpers/steady-load.ts';
import { versionedManifest } from '../../helpers/versioned-server.ts';

const ROLLOUTS = sized(2, 50);
const CLIENTS = 32;
const program = (version: string) =>
  `module Program\n\neffect[Time] function version() -> String { sleep(50); "${version}" }\n`;

/** A remote whose tool answers, after a while, with the header that its service sends. */
const remote = () =>
  fakeRemote(({ message, headers }, response) => {
    if (message?.method === 'tools/list')
      return json(response, {
        jsonrpc: '2.0',
        id: message.id,
        result: { tools: [{ name: 'version', inputSchema: { type: 'object' } }] },
      });
    if (message?.method !== 'tools/call') return false;
    const result = { content: [{ type: 'text', text: headers['x-version'] }] };
    setTimeout(() => json(response, { jsonrpc: '2.0', id: message.id, result }), 50);
    return true;
  });
const remoteAt = (endpoint: string, version: string) =>
  `${remoteManifest('far', endpoint)}    headers: [{name: X-Version, value: ${version}}]\n`;

describe('services that 32 clients call all the time', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  let unrelated: SteadyLoad;
  const loads: SteadyLoad[] = [];
  const load = (tool: string, clients: number) => {
    const made = new SteadyLoad(daemon.mcp, { tool }, { clients, pauseMs: sized(50, 5) });
    loads.push(made);
    return made;
  };
  const failures = () => loads.flatMap((one) => one.failures);

  beforeAll(async () => {
    workspace = await Workspace.create({
      'services.d/process.yaml': versionedManifest('process', 'v0'),
      'services.d/program.yaml': clarityManifest('program', 'program.clarity'),
      'services.d/other.yaml': versionedManifest('other', 'same'),
      'program.clarity': program('v0'),
    });
    daemon = await workspace.daemon();
    for (const tool of ['process__version', 'program__fn__version', 'other__version'])
      await vi.waitFor(async () => expect((await callMcp(daemon.mcp, tool)).error).toBeUndefined(), {
        timeout: 20_000,
      });
    unrelated = load('other__version', 4);
    await unrelated.sees('same');
  }, 60_000);
  afterAll(async () => {
    await Promise.all(loads.map((one) => one.stop()));
    await workspace.dispose();
  });

  it('lose no call when the process or the program changes', async () => {
    const [processes, programs] = [load('process__version', CLIENTS / 2), load('program__fn__version', CLIENTS / 2)];
    for (let i = 1; i <= ROLLOUTS; i++) {
      const version = `v${i}`;
      const seen = [processes.sees(version), programs.sees(version)];
      await workspace.write('services.d/process.yaml', versionedManifest('process', version));
      await workspace.write('program.clarity', program(version));
      await Promise.all(seen);
    }
    await Promise.all([processes.stop(), programs.stop()]);
    expect(failures()).toEqual([]);
  });

  it('lose no call when the endpoint or a header of a remote changes', async () => {
    const ends = await Promise.all([remote(), remote()]);
    await workspace.write('services.d/far.yaml', remoteAt(ends[0].endpoint, 'v0'));
    await expect.poll(async () => answerText(await callMcp(daemon.mcp, 'far__version'))).toBe('v0');
    const calls = load('far__version', CLIENTS);
    for (let i = 1; i <= ROLLOUTS; i++) {
      const seen = calls.sees(`v${i}`);
      await workspace.write('services.d/far.yaml', remoteAt(ends[i % 2]!.endpoint, `v${i}`));
      await seen;
    }
    await calls.stop();
    expect(failures()).toEqual([]);
  });

  it('tell their sessions of other tools', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const heard = new Promise<void>((resolve) =>
      client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve()),
    );
    await client.connect(new StreamableHTTPClientTransport(new URL(daemon.mcp)));
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names()).not.toContain('process__extra');
    await workspace.write('services.d/process.yaml', versionedManifest('process', 'new', { tool: 'extra' }));
    await heard;
    expect(await names()).toContain('process__extra');
    await client.close();
    expect(failures()).toEqual([]);
  });

  describe.each([
    ['ends at once', { exit: true }, '', /RolledBack: .*the licence has expired.* keeps serving/],
    [
      'never answers initialize',
      { silent: true },
      '  startTimeoutMs: 300\n',
      /RolledBack: .*initialize within 300 ms.* keeps serving/,
    ],
  ] as const)('and a new generation that %s', (name, fault, spec, why) => {
    it('fails no call, ends a wait, and is mended by the next', async () => {
      await workspace.write('services.d/process.yaml', versionedManifest('process', `before ${name}`));
      const calls = load('process__version', sized(8, CLIENTS));
      await calls.sees(`before ${name}`);
      await workspace.write('services.d/process.yaml', versionedManifest('process', 'bad', fault, spec));
      expect(await daemon.ctl('wait', 'process', '--for=condition=Stalled')).toMatchObject({ code: 0 });
      const waited = await daemon.ctl('wait', 'process', '--for=ready', '--timeout', '60s');
      expect(waited).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
      await calls.goesOn(1);
      const mended = calls.sees('mended');
      await workspace.write('services.d/process.yaml', versionedManifest('process', 'mended'));
      await mended;
      await calls.stop();
      expect(failures()).toEqual([]);
    });
  });
});
