import { Child } from './child.ts';
import { load, medianLoad, type Load } from './load.ts';
import { Workspace } from '../helpers/daemon.ts';
import { remoteManifest } from '../helpers/manifests.ts';

export interface Row {
  readonly what: string;
  readonly value: string;
  /** Against the reference of the same run. */
  readonly ratio?: string;
}

const SECONDS = 3;
const ROUNDS = 3;

const remote = (name: string, url: string) =>
  `${remoteManifest(name, url)}    maxConcurrency: 64\n    queueLimit: 256\n`;

/** tools/call and tools/list through the gateway, against the same upstream called directly and behind a bare node:http relay. */
export async function benchCalls(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const few = await Child.start('upstream.mjs', '10');
  const many = await Child.start('upstream.mjs', '500');
  const relay = await Child.start('relay.mjs', few.url);
  const workspace = await Workspace.create({
    'services.d/few.yaml': remote('few', few.url),
    'services.d/many.yaml': remote('many', many.url),
  });
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'few', '--for=ready');
  await daemon.ctl('wait', 'many', '--for=ready');
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
  await workspace.dispose();
  await Promise.all([few, many, relay].map((child) => child.stop()));
  return rows;
}

/** Alternating rounds, one unmeasured first, so that what else the machine does falls on all alike. */
async function rounds<K extends string>(runs: Record<K, (seconds: number) => Promise<Load>>): Promise<Record<K, Load>> {
  const names = Object.keys(runs) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Load[]])) as unknown as Record<K, Load[]>;
  for (const name of names) await runs[name](1);
  for (let round = 0; round < ROUNDS; round++) for (const name of names) results[name].push(await runs[name](SECONDS));
  return Object.fromEntries(names.map((name) => [name, medianLoad(results[name])])) as Record<K, Load>;
}

function show({ rate, p50, p99 }: Load): string {
  return `${rate.toFixed(0)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
}

function against(one: Load, other: Load, name: string): string {
  return `p50 ${(one.p50 / other.p50).toFixed(2)}x, rate ${(one.rate / other.rate).toFixed(2)} of ${name}`;
}
