import { rename } from 'node:fs/promises';
import type { SourceItem } from '../../src/wire/types.ts';
import type { Daemon } from '../helpers/daemon.ts';
import { callMcp } from '../helpers/mcp-client.ts';
import { fleetManifest, wasmWorkspace } from '../helpers/wasm-fleet.ts';
import type { Row } from './calls.ts';
import { median } from './load.ts';

const MANIFESTS = 3000;
const EVERY_MS = 10;
const SETTLE_MS = 5000;

/** How long others wait while thousands of manifests arrive at once: the daemon parses them in slices of 10 ms. */
export async function benchArrivingManifests(): Promise<readonly Row[]> {
  const workspace = await wasmWorkspace();
  await workspace.write('services.d/here.yaml', fleetManifest('here'));
  for (let i = 0; i < MANIFESTS; i++)
    await workspace.write(`beside/s${String(i)}.yaml`, fleetManifest(`s${String(i)}`, '  autostart: false\n'));
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'here', '--for=ready');
  const asks: Readonly<Record<string, () => Promise<unknown>>> = {
    'GET /healthz': async () => (await fetch(`${daemon.url}/healthz`)).text(),
    'tools/call of a wasm service': () => callMcp(daemon.mcp, 'here__fn__answer'),
  };
  const idle = await waits(asks, () => pause(5000));
  let arrivedMs = 0;
  const busy = await waits(asks, async () => {
    const begin = performance.now();
    await rename(workspace.path('beside'), workspace.path('services.d/many'));
    while ((await documents(daemon)) <= MANIFESTS) await pause(100);
    arrivedMs = performance.now() - begin;
    // What follows: every service is looked at and recorded.
    await pause(SETTLE_MS);
  });
  await workspace.dispose();
  const rows = Object.keys(asks).map((what): Row => {
    const [reference = [], ours = []] = [idle.get(what), busy.get(what)];
    return {
      what: `${what} while ${String(MANIFESTS)} manifests arrive`,
      value: show(ours),
      ratio: `idle: ${show(reference)}`,
    };
  });
  return [
    { what: `${String(MANIFESTS)} manifests moved in and taken in`, value: `${(arrivedMs / 1000).toFixed(1)} s` },
    ...rows,
  ];
}

async function documents(daemon: Daemon): Promise<number> {
  const { items } = (await (await fetch(`${daemon.url}/api/sources`)).json()) as { items: SourceItem[] };
  return items.reduce((sum, item) => sum + item.documents, 0);
}

/** Asks each of them over and over until `work` is over; milliseconds of each answer, by name. */
async function waits(
  asks: Readonly<Record<string, () => Promise<unknown>>>,
  work: () => Promise<void>,
): Promise<ReadonlyMap<string, number[]>> {
  let over = false;
  const waited = new Map<string, number[]>(Object.keys(asks).map((what) => [what, []]));
  const askers = Object.entries(asks).map(async ([what, ask]) => {
    while (!over) {
      const begin = performance.now();
      await ask();
      waited.get(what)?.push(performance.now() - begin);
      await pause(EVERY_MS);
    }
  });
  await work();
  over = true;
  await Promise.all(askers);
  return waited;
}

function show(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  return `median ${median(ms).toFixed(1)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
