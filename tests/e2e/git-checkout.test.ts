import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Daemon, Workspace } from '../helpers/daemon.ts';
import { sized } from '../helpers/size.ts';
import { SteadyLoad } from '../helpers/steady-load.ts';
import { fleetManifest, itemsOf, removedBy, wasmWorkspace } from '../helpers/wasm-fleet.ts';

const COUNT = sized(150, 3000);
const RUNS = sized(2, 4, 20);
const RUNNING = sized(4, 20);
/** Only in one of the two revisions each. */
const EXCHANGED = 10;

const nameOf = (index: number) => `s${String(index).padStart(4, '0')}`;
const indexes = Array.from({ length: COUNT }, (_, index) => index);
const stays = indexes.slice(EXCHANGED).map(nameOf);
const running = stays.slice(0, RUNNING);
const spec = (name: string) => (running.includes(name) ? '' : '  autostart: false\n');

/** What a service must not lose: its process, and its place in the records. */
async function lives(daemon: Daemon) {
  const items = await itemsOf(daemon);
  return running.map((name) => {
    const item = items.get(name);
    return [name, item?.lifecycle, item?.generation, item?.restartCount, item?.status.startedAt];
  });
}

describe('`git checkout` of 3 000 files between two revisions: zero stops of services present in both', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: workspace.path('services.d'),
    });
  const names = async () => [...(await itemsOf(daemon)).keys()].sort();

  beforeAll(
    async () => {
      workspace = await wasmWorkspace();
      for (const name of indexes.map(nameOf))
        await workspace.write(`services.d/${name}.yaml`, fleetManifest(name, spec(name)));
      await git('init', '-q', '-b', 'one');
      await git('add', '-A');
      await git('commit', '-q', '-m', 'one');
      await git('checkout', '-q', '-b', 'two');
      // Every file is another one in the second revision: a comment, a third of them in a folder, ten services of other names.
      await git('rm', '-q', '-r', '.');
      for (const index of indexes) {
        const name = index < EXCHANGED ? `n${nameOf(index)}` : nameOf(index);
        const file = index % 3 === 0 ? `services.d/moved/${name}.yaml` : `services.d/${name}.yaml`;
        await workspace.write(file, `# the second revision\n${fleetManifest(name, spec(name))}`);
      }
      await git('add', '-A');
      await git('commit', '-q', '-m', 'two');
      await git('checkout', '-q', 'one');
      daemon = await workspace.daemon();
    },
    sized(60_000, 180_000),
  );
  afterAll(() => workspace.dispose());

  it(`with ${String(COUNT)} files, ${String(RUNS)} times`, { timeout: sized(60_000, 1_800_000) }, async () => {
    await expect
      .poll(async () => (await lives(daemon)).every(([, lifecycle]) => lifecycle === 'RUNNING'), {
        timeout: sized(10_000, 60_000),
      })
      .toBe(true);
    const before = await lives(daemon);
    const load = new SteadyLoad(daemon.mcp, { tool: `${running[0] ?? ''}__fn__answer` }, { clients: 4, pauseMs: 25 });
    onTestFinished(() => load.stop());
    for (let run = 0; run < RUNS; run++) {
      const branch = run % 2 === 0 ? 'two' : 'one';
      await git('checkout', '-q', branch);
      const others = indexes.slice(0, EXCHANGED).map((index) => `${branch === 'two' ? 'n' : ''}${nameOf(index)}`);
      const expected = [...others, ...stays].sort();
      await expect.poll(names, { timeout: sized(20_000, 60_000), interval: 200 }).toEqual(expected);
      expect(await lives(daemon)).toEqual(before);
    }
    expect(removedBy(daemon).filter((name) => stays.includes(name))).toEqual([]);
    await expect.poll(() => removedBy(daemon)).toHaveLength(RUNS * EXCHANGED);
    expect(load.failures).toEqual([]);
  });
});
