import { Child } from './child.ts';
import { benchFirstPage } from './first-page.ts';
import { load } from './load.ts';
import { against, rounds, show } from './rounds.ts';
import { Workspace } from '../helpers/daemon.ts';
import { remoteManifest } from '../helpers/manifests.ts';

export interface Row {
  readonly what: string;
  readonly value: string;
  /** Against the reference of the same run. */
  readonly ratio?: string;
}

const remote = (name: string, url: string) =>
  `${remoteManifest(name, url)}    maxConcurrency: 64\n    queueLimit: 256\n`;

/** tools/call and tools/list through the gateway, against the same upstream called directly and behind a bare node:http relay. */
export async function benchCalls(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const few = await Child.start('upstream.mjs', '10');
  const many = await Child.start('upstream.mjs', '500');
  const thousands = await Child.start('upstream.mjs', '2000');
  const relay = await Child.start('relay.mjs', few.url);
  const workspace = await Workspace.create({
    'services.d/few.yaml': remote('few', few.url),
    'services.d/many.yaml': remote('many', many.url),
    'services.d/thousands.yaml': remote('thousands', thousands.url),
  });
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'few', '--for=ready');
  await daemon.ctl('wait', 'many', '--for=ready');
  await daemon.ctl('wait', 'thousands', '--for=ready');
  const params = { name: 'echo', arguments: { message: 'hello' } };
  for (const connections of [1, 32]) {
    const { direct, bare, ours } = await rounds({
      direct: (seconds) => load(few.url, 'tools/call', params, connections, seconds),
      bare: (seconds) => load(relay.url, 'tools/call', params, connections, seconds),
      ours: (seconds) =>
        load(`${daemon.url}/mcp`, 'tools/call', { ...params, name: 'few__echo' }, connections, seconds),
    });
    const label = `tools/call, ${String(connections)} connection${connections === 1 ? '' : 's'}`;
    rows.push(
      { what: `${label}: direct`, value: show(direct) },
      { what: `${label}: bare relay`, value: show(bare), ratio: against(bare, direct, 'direct') },
    );
    rows.push({
      what: `${label}: clarity`,
      value: show(ours),
      ratio: `${against(ours, direct, 'direct')}; ${against(ours, bare, 'relay')}`,
    });
  }
  for (const [name, child] of [
    ['few', few],
    ['many', many],
  ] as const) {
    const { direct, ours } = await rounds({
      direct: (seconds) => load(child.url, 'tools/list', {}, 1, seconds),
      ours: (seconds) => load(`${daemon.url}/mcp/s/${name}`, 'tools/list', {}, 1, seconds),
    });
    const label = `tools/list of ${name === 'few' ? '10' : '500'} tools`;
    rows.push(
      { what: `${label}: direct`, value: show(direct) },
      { what: `${label}: clarity`, value: show(ours), ratio: against(ours, direct, 'direct') },
    );
  }
  rows.push(...(await benchFirstPage(`${daemon.url}/mcp/s/thousands`, '2,000 tools')));
  await workspace.dispose();
  await Promise.all([few, many, thousands, relay].map((child) => child.stop()));
  return rows;
}
