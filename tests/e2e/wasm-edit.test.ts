import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { clarityManifest } from '../helpers/manifests.ts';
import { answerText, callMcp } from '../helpers/mcp-client.ts';
import { sized } from '../helpers/size.ts';
import { SteadyLoad } from '../helpers/steady-load.ts';

/** Its answer tells which version of the two files it was made of. */
const main = (version: string) => `module Main

import { mark } from "./lib/mark"

export function version() -> String { "${version} " ++ mark() }
`;
const library = (version: string) => `module Mark\n\nexport function mark() -> String { "${version}" }\n`;

/** What must stay as it is where nothing is to be restarted. */
async function life(daemon: Daemon, name: string) {
  const { items } = await daemon.json<{ items: ServiceItem[] }>('list');
  const { generation, restartCount, status } = items.find((item) => item.name === name)!;
  return { generation, restartCount, startedAt: status.startedAt };
}

describe('editing a Clarity service that 32 clients call all the time', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  let load: SteadyLoad;

  beforeAll(async () => {
    workspace = await Workspace.create({
      'services.d/edited.yaml': clarityManifest('edited', 'edited.clarity'),
      'edited.clarity': main('v0'),
      'lib/mark.clarity': library('a'),
    });
    daemon = await workspace.daemon();
    expect(await daemon.ctl('wait', 'edited', '--for=ready')).toMatchObject({ code: 0 });
    load = new SteadyLoad(daemon.mcp, { tool: 'edited__fn__version' }, { clients: 32, pauseMs: sized(25, 1) });
    await load.sees('v0 a');
  }, 60_000);
  afterAll(async () => {
    await load.stop();
    await workspace.dispose();
  });

  it('swaps it with no failed call', async () => {
    for (let edit = 1; edit <= sized(4, 50); edit++) {
      const seen = load.sees(`v${edit} a`);
      await workspace.write('edited.clarity', main(`v${edit}`));
      await seen;
    }
    expect(load.failures).toEqual([]);
  });

  it('swaps it when a file that it imports changes', async () => {
    await workspace.write('edited.clarity', main('w'));
    await load.sees('w a');
    const seen = load.sees('w b');
    await workspace.write('lib/mark.clarity', library('b'));
    await seen;
    expect(load.failures).toEqual([]);
  });

  it('restarts nothing for a comment', async () => {
    const before = await life(daemon, 'edited');
    const record = () => readFileSync(workspace.path('.clarity/build/edited.json'), 'utf8');
    const recorded = record();
    await workspace.write('edited.clarity', main('w').replace('{', '{ // A comment that is new.\n'));
    await expect.poll(record).not.toBe(recorded);
    await load.goesOn(2);
    expect(await life(daemon, 'edited')).toEqual(before);
    expect(load.failures).toEqual([]);
  });

  it('keeps the old one serving while there is a syntax error, and says where it is', async () => {
    await workspace.write('edited.clarity', `${main('x')}\nexport function broken( -> String { "x" }\n`);
    await expect.poll(async () => (await daemon.ctl('get', 'edited')).stdout).toContain('CompileFailed');
    const page = (await daemon.ctl('describe', 'edited')).stdout;
    expect(page).toContain('CompileFailed');
    expect(page).toMatch(/edited\.clarity:7:\d+/);
    const waits = (goal: string) => daemon.ctl('wait', 'edited', `--for=${goal}`, '--timeout', '2s');
    for (const goal of ['ready', 'condition=Synced'])
      expect(await waits(goal)).toMatchObject({ code: 1, stderr: expect.stringMatching(/edited\.clarity:7:\d+/) });
    await load.goesOn(2);
    expect(answerText(await callMcp(daemon.mcp, 'edited__fn__version'))).toBe('w b');
    expect(load.failures).toEqual([]);
  });

  it('swaps it when the error is mended', async () => {
    const seen = load.sees('y b');
    await workspace.write('edited.clarity', main('y'));
    await seen;
    expect(await daemon.ctl('wait', 'edited', '--for=ready')).toMatchObject({ code: 0 });
    expect((await daemon.ctl('describe', 'edited')).stdout).not.toContain('CompileFailed\n');
    expect(load.failures).toEqual([]);
  });

  it('keeps the old one serving while the new one asks for what is not granted', async () => {
    const asking = 'effect[FileSystem] function load(path: String) -> String { read_file(path) }\n';
    const manifest = clarityManifest('edited', 'edited.clarity', '    capabilities: { net: [] }\n');
    await workspace.write('services.d/edited.yaml', manifest);
    await daemon.ctl('wait', 'edited', '--for=ready');
    await workspace.write('edited.clarity', `${main('z')}\n${asking}`);
    await expect.poll(async () => (await daemon.ctl('get', 'edited')).stdout).toContain('ImportNotGranted');
    expect((await daemon.ctl('describe', 'edited')).stdout).toMatch(/read_file[\s\S]*spec\.origin\.capabilities\.fs/);
    expect(answerText(await callMcp(daemon.mcp, 'edited__fn__version'))).toBe('y b');
    const seen = load.sees('z b');
    await workspace.write('edited.clarity', main('z'));
    await seen;
    expect(load.failures).toEqual([]);
  });
});
