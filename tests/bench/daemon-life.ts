import { spawnSync } from 'node:child_process';

import { Workspace } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';
import type { Row } from './calls.ts';
import { rssMiB } from './child.ts';
import { median } from './load.ts';

const EDITS = 50;

const service = (name: string, startTimeoutMs: number) =>
  stdioManifest(name, [serverEntry('memory')], `  startTimeoutMs: ${String(startTimeoutMs)}\n`);

interface RuntimeEvent {
  readonly kind: string;
  readonly name?: string;
}

/** Cold start, idle memory, and how soon a saved file is planned and Ready. */
export async function benchLife(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const node = median(Array.from({ length: 5 }, () => timed(() => spawnSync(process.execPath, ['-e', '0']))));
  const starts: number[] = [];
  for (let i = 0; i < 5; i++) {
    const workspace = await Workspace.create();
    const begin = performance.now();
    await workspace.daemon();
    starts.push(performance.now() - begin);
    await workspace.dispose();
  }
  rows.push({
    what: 'cold start to the ready line, no services',
    value: ms(median(starts)),
    ratio: `${(median(starts) / node).toFixed(1)}x of node -e 0 (${ms(node)})`,
  });

  const workspace = await Workspace.create({ 'services.d/memory.yaml': service('memory', 30_000) });
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'memory', '--for=ready');
  rows.push({ what: 'idle RSS of the daemon, 1 stdio service', value: `${(await rssMiB(daemon.pid)).toFixed(0)} MiB` });

  const events = await follow(daemon.url);
  const planned: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const applied = events.next(({ kind, name }) => kind === 'service.manifest_applied' && name === 'memory');
    const begin = performance.now();
    await workspace.write('services.d/memory.yaml', service('memory', 20_000 + i));
    await applied;
    planned.push(performance.now() - begin);
  }
  rows.push({
    what: `edit saved to edit planned, median of ${String(EDITS)}`,
    value: ms(median(planned)),
    ratio: `${(median(planned) / 350).toFixed(2)}x of quiet time + 100 ms`,
  });

  const ready: number[] = [];
  for (let i = 0; i < 7; i++) {
    const name = `fresh${String(i)}`;
    const started = events.next((event) => event.kind === 'service.started' && event.name === name);
    const begin = performance.now();
    await workspace.write(`services.d/${name}.yaml`, service(name, 30_000));
    await started;
    ready.push(performance.now() - begin);
  }
  rows.push({
    what: 'file saved to service Ready (server-memory)',
    value: ms(median(ready)),
    ratio: `of which quiet time 250 ms`,
  });
  events.close();
  await workspace.dispose();
  return rows;
}

/** The daemon's event stream as promises. */
async function follow(
  url: string,
): Promise<{ next(match: (event: RuntimeEvent) => boolean): Promise<void>; close(): void }> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/events`, { headers: { accept: 'text/event-stream' }, signal: abort.signal });
  const waiting = new Set<{ match: (event: RuntimeEvent) => boolean; resolve: () => void }>();
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data:')) continue;
        const event = JSON.parse(line.slice(5)) as RuntimeEvent;
        for (const one of waiting) if (one.match(event) && waiting.delete(one)) one.resolve();
      }
    }
  };
  read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return { next: (match) => new Promise((resolve) => waiting.add({ match, resolve })), close: () => abort.abort() };
}

function timed(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
