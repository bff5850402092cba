import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { runScript } from '../helpers/child-script.ts';
import { systemClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { sized } from '../helpers/size.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

it('every acknowledged write is there after kill -9, round after round', async () => {
  const stateDir = tempFolder();
  for (let round = 0; round < sized(2, 12); round++) {
    const writer = runScript(new URL('acknowledging-writer.ts', import.meta.url), [stateDir]);
    await writer.printed(100 + 37 * round);
    const acknowledged = await writer.kill();

    const { logger, lines } = collectingLogger();
    const store = openStore({ stateDir, clock: systemClock, logger });
    const kept = new Set(store.status.loadServices().map(({ identity }) => identity));
    store.close();
    expect(acknowledged.filter((identity) => !kept.has(identity))).toEqual([]);
    expect(lines).toEqual([]);
  }
});
