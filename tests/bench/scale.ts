import { readFile, rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

import { Workspace, type Daemon } from '../helpers/daemon.ts';
import type { Row } from './calls.ts';
import { rssMiB } from './child.ts';

const DEFAULT_SIZES = [100, 1000];
const EDITS = 40;
/** Longer than the resync of every service and than two scans of the folder. */
const IDLE_S = 70;
const PLAN_DEADLINE_MS = 60_000;
const CALL_EVERY_MS = 5;
/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/**
 * A fleet that rests: half stdio services and half wasm services of one module, none of them to be started, and one wasm service that runs.
 * What a start, idling, and one edit cost, for each number of manifests.
 */
export async function benchScale(sizes: readonly number[] = []): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes.length === 0 ? DEFAULT_SIZES : sizes) rows.push(...(await benchSize(size)));
  return rows;
}

async function benchSize(size: number): Promise<readonly Row[]> {
  const workspace = await Workspace.create(manifests(size));
  try {
    const cold = await timedStart(workspace);
    await planned(cold.daemon, nameOf(size - 2), 1);
    await cold.daemon.stop();
    const { daemon, ms: warm } = await timedStart(workspace);
    const begin = performance.now();
    await planned(daemon, nameOf(size - 2), 1);
    const allPlanned = performance.now() - begin;
    await daemon.ctl('wait', 'neighbour', '--for=ready');
    await sleep(5000);
    const idle = await cpuShare(daemon.pid, IDLE_S);
    await withCalls(daemon, () => sleep(1000));
    const quiet = await withCalls(daemon, () => sleep(3000));
    const edits: number[] = [];
    const calls = await withCalls(daemon, async () => {
      for (let i = 0; i < EDITS; i++) {
        // Not a multiple of any interval: an edit comes whenever it comes.
        await sleep(150 + ((i * 37) % 100));
        edits.push(await edit(workspace, daemon, size, i));
      }
    });
    const list = await timed(() => fetch(`${daemon.url}/api/services`).then((answer) => answer.arrayBuffer()));
    const rss = await rssMiB(daemon.pid);
    const of = `${String(size)} manifests:`;
    return [
      { what: `${of} cold start to ready`, value: ms(cold.ms) },
      { what: `${of} warm start to ready`, value: ms(warm), ratio: `${(warm / 3000).toFixed(2)}x of 3 s` },
      { what: `${of} ready to everything planned`, value: ms(allPlanned) },
      {
        what: `${of} idle, over ${String(IDLE_S)} s`,
        value: `${(idle * 100).toFixed(2)} % of a core`,
        ratio: `${(idle / 0.02).toFixed(2)}x of 2 %`,
      },
      {
        what: `${of} edit saved to planned, ${String(EDITS)} edits`,
        value: `median ${ms(at(edits, 0.5))}, p99 ${ms(at(edits, 0.99))}`,
        ratio: `${(at(edits, 0.5) / 400).toFixed(2)}x of 400 ms, ${(at(edits, 0.99) / 800).toFixed(2)}x of 800 ms`,
      },
      {
        what: `${of} calls of a neighbour meanwhile`,
        value: `p50 ${at(calls, 0.5).toFixed(2)} ms, p99 ${at(calls, 0.99).toFixed(2)} ms, max ${at(calls, 1).toFixed(0)} ms`,
        ratio: `quiet: p99 ${at(quiet, 0.99).toFixed(2)} ms, max ${at(quiet, 1).toFixed(0)} ms`,
      },
      { what: `${of} GET /api/services`, value: ms(list) },
      { what: `${of} RSS`, value: `${rss.toFixed(0)} MiB` },
    ];
  } finally {
    await workspace.dispose();
  }
}

function manifests(size: number): Record<string, string> {
  const files: Record<string, string> = {
    'src/add.clarity': 'module Add\n\n// Adds one.\nfunction add(n: Int64) -> Int64 { n + 1 }\n',
    'services.d/neighbour.yaml': wasm('neighbour', ''),
  };
  for (let i = 0; i < size - 1; i++) files[`services.d/${fileOf(i)}`] = manifest(i, 30_000);
  return files;
}

/** A tenth of the folder's limit in each folder below it. */
function fileOf(i: number): string {
  return `team${String(i % 10)}/${nameOf(i)}.yaml`;
}

function nameOf(i: number): string {
  return `s${String(i)}`;
}

function manifest(i: number, startTimeoutMs: number): string {
  const own = `  autostart: false\n  startTimeoutMs: ${String(startTimeoutMs)}\n`;
  if (i % 2 === 0) return wasm(nameOf(i), own);
  return `${head(nameOf(i), '')}spec:
${own}  origin:
    type: local_stdio
    command: node
    args: [server.js, --port, "${String(i)}"]
    env: [{name: MODE, value: m${String(i)}}]
`;
}

function wasm(name: string, own: string): string {
  return `${head(name, 'sourceFile: src/add.clarity')}spec:\n  toolNamespace: ${name}\n${own}  origin: {type: local_wasm, capabilities: {}}\n`;
}

function head(name: string, more: string): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata:
  name: ${name}
  labels: {team: a}
${more === '' ? '' : `  ${more}\n`}`;
}

async function timedStart(workspace: Workspace): Promise<{ daemon: Daemon; ms: number }> {
  const begin = performance.now();
  const daemon = await workspace.daemon();
  return { daemon, ms: performance.now() - begin };
}

/** Saves a file as an editor does, by rename; resolves with the milliseconds until the loop has planned what it says. */
async function edit(workspace: Workspace, daemon: Daemon, size: number, round: number): Promise<number> {
  const i = (round * 7919) % (size - 1);
  const before = await progress(daemon, nameOf(i));
  const temporary = `.edit-${String(round)}`;
  await workspace.write(temporary, manifest(i, 20_000 + round));
  const begin = performance.now();
  await rename(workspace.path(temporary), workspace.path('services.d', fileOf(i)));
  await planned(daemon, nameOf(i), before.generation + 1);
  return performance.now() - begin;
}

interface Progress {
  readonly generation: number;
  readonly observedGeneration: number;
  readonly plan: { readonly reason: string };
}

async function progress(daemon: Daemon, name: string): Promise<Progress> {
  const answer = await fetch(`${daemon.url}/api/services/${name}`);
  return ((await answer.json()) as { service: Progress }).service;
}

async function planned(daemon: Daemon, name: string, generation: number): Promise<void> {
  const deadline = performance.now() + PLAN_DEADLINE_MS;
  while (performance.now() < deadline) {
    const { observedGeneration, plan } = await progress(daemon, name);
    if (observedGeneration >= generation && plan.reason !== 'Pending') return;
    await sleep(5);
  }
  throw new Error(`${name} was not planned in ${String(PLAN_DEADLINE_MS)} ms: ${daemon.stderr.slice(-1000)}`);
}

/** Latencies, sorted, of calls sent at fixed times whether or not those before were answered, while `work` runs. */
async function withCalls(daemon: Daemon, work: () => Promise<void>): Promise<readonly number[]> {
  const { origin, pathname } = new URL(daemon.mcp);
  const pool = new Pool(origin, { connections: 8 });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const params = { name: 'neighbour__fn__add', arguments: { n: 2 } };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const latencies: number[] = [];
  const call = async () => {
    const sent = performance.now();
    const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || !text.includes('"3"')) throw new Error(`a call failed: ${text.slice(0, 300)}`);
    latencies.push(performance.now() - sent);
  };
  const calls: Promise<void>[] = [];
  const timer = setInterval(() => calls.push(call()), CALL_EVERY_MS);
  await work();
  clearInterval(timer);
  await Promise.all(calls);
  await pool.close();
  return latencies.sort((a, b) => a - b);
}

/** The share of one core that a process used in the next `seconds`. */
async function cpuShare(pid: number, seconds: number): Promise<number> {
  const before = await cpuMs(pid);
  await sleep(seconds * 1000);
  return ((await cpuMs(pid)) - before) / (seconds * 1000);
}

async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
