import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './calls.ts';
import { Child } from './child.ts';
import { load } from './load.ts';
import { against, rounds, show } from './rounds.ts';

/** The first page of tools/list at an endpoint, against a bare node:http server that answers the same bytes. `of`: whose tools these are. */
export async function benchFirstPage(endpoint: string, of: string): Promise<readonly Row[]> {
  const page = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  const bytes = Buffer.from(await page.arrayBuffer());
  const folder = await mkdtemp(join(tmpdir(), 'clarity-bench-page-'));
  const file = join(folder, 'page.json');
  await writeFile(file, bytes);
  const bare = await Child.start('bare-bytes.mjs', file);
  const { reference, ours } = await rounds({
    reference: (seconds) => load(bare.url, 'tools/list', {}, 1, seconds),
    ours: (seconds) => load(endpoint, 'tools/list', {}, 1, seconds),
  });
  await bare.stop();
  await rm(folder, { recursive: true });
  const size = (bytes.length / 1024).toFixed(0);
  return [
    { what: `first page of ${of} (${size} KiB): bare server`, value: show(reference) },
    { what: `first page of ${of}: clarity`, value: show(ours), ratio: against(ours, reference, 'bare') },
  ];
}
