import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../helpers/clock.ts';
import { serviceRow } from '../helpers/service-row.ts';
import { collectingLogger } from '../helpers/log-lines.ts';

/** Writes services and history without end, many at once, and prints each identity as soon as its write is acknowledged. */
const [stateDir = ''] = process.argv.slice(2);
const store = openStore({ stateDir, clock: systemClock, logger: collectingLogger().logger });

async function write(worker: number): Promise<never> {
  for (let number = 0; ; number++) {
    const row = serviceRow(`worker-${worker}-${number}`);
    await store.status.saveService(row);
    await new Promise((written) => process.stdout.write(`${row.identity}\n`, written));
  }
}
await Promise.all([0, 1, 2, 3].map(write));
