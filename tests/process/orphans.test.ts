import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deathSignalPrefix } from '../../src/process/death-signal.ts';
import { sweepOrphans } from '../../src/process/index.ts';
import { runScript } from '../helpers/child-script.ts';
import { systemClock } from '../helpers/clock.ts';
import { isAlive } from '../helpers/processes.ts';

const ABANDON = new URL('../fixtures/servers/abandon.ts', import.meta.url);

describe.runIf(process.platform === 'linux')('a daemon that is killed -9', () => {
  it('takes its children along, and the next one on the same state sweeps up the rest', async () => {
    const state = randomUUID();
    const daemon = runScript(ABANDON, [`${state}:files`]);
    await daemon.printed(1);
    const [server = 0, escaped = 0, unmarked = 0] = JSON.parse(daemon.lines[0]!) as number[];
    expect([server, escaped, unmarked].map(isAlive)).toEqual([true, true, true]);
    await daemon.kill();
    if ((await deathSignalPrefix()).length > 0) await expect.poll(() => isAlive(server)).toBe(false);

    expect(await sweepOrphans(randomUUID(), systemClock)).toEqual([]);
    expect(isAlive(escaped)).toBe(true);
    expect(await sweepOrphans(state, systemClock)).toContainEqual({ pid: escaped, identity: 'files' });
    expect(isAlive(escaped)).toBe(false);
    expect(await sweepOrphans(state, systemClock)).toEqual([]);
    process.kill(unmarked, 'SIGKILL'); // stripped of its environment: nobody can know that it was ours
  });
});
