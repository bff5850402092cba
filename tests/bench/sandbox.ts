import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import { instantiate } from '../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../helpers/clarity-compile.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import type { Row } from './calls.ts';
import { Child, rssMiB } from './child.ts';
import { load, type Load } from './load.ts';
import { against, rounds, show } from './rounds.ts';

const ADD = 'module Add\n\nfunction add(a: Int64, b: Int64) -> Int64 { a + b }\n';
/** Each does harm in its own way. */
const HARM = `module Harm

function spin(n: Int64) -> Int64 { spin(n + 1) }

function deep(n: Int64) -> Int64 { 1 + deep(n + 1) }

function hog(text: String) -> String { hog(text ++ text) }

function trap(n: Int64) -> Int64 { n / 0 }
`;
const add = { name: 'fn__add', arguments: { a: 2, b: 3 } };
const CALLS = { few: 10_000, many: 1_000_000 };

/** Calls of a Clarity function through /mcp, against a bare server; what harm next door costs; what a million calls leave behind. */
export async function benchSandbox(): Promise<readonly Row[]> {
  const workspace = await Workspace.create({
    'add.clarity': ADD,
    'harm.clarity': HARM,
    'services.d/add.yaml': manifest('add', ''),
    'services.d/harm.yaml': manifest('harm', '{timeoutMs: 500}'),
  });
  // Without circuit breakers: a tool that only fails would soon get no calls at all.
  const daemon = await workspace.daemon([], { CLARITY_TOOL_CIRCUIT_MIN_CALLS: '100000000' });
  for (const name of ['add', 'harm']) await daemon.ctl('wait', name, '--for=ready');
  const rows = [...(await speed(daemon)), inThread(), ...(await containment(daemon)), await leftovers(daemon)];
  await workspace.dispose();
  return rows;
}

async function speed({ mcp }: Daemon): Promise<Row[]> {
  const bare = await Child.start('bare-worker.mjs');
  const rows: Row[] = [];
  // 32 first: at one connection a daemon in use is measured, not one whose code is still being compiled.
  for (const connections of [32, 1]) {
    const { reference, ours } = await rounds({
      reference: (seconds) => load(bare.url, 'tools/call', add, connections, seconds),
      ours: (seconds) => load(mcp, 'tools/call', { ...add, name: 'add__fn__add' }, connections, seconds),
    });
    const label = `add(2, 3), ${String(connections)} connection${connections === 1 ? '' : 's'}`;
    rows.push({ what: `${label}: bare server and worker`, value: show(reference) });
    rows.push({ what: `${label}: clarity`, value: show(ours), ratio: against(ours, reference, 'bare') });
  }
  await bare.stop();
  return rows;
}

/** What the thread itself does for one call. */
function inThread(): Row {
  const instance = instantiate(wasmOf(compileText(ADD)), {});
  const count = 200_000;
  const run = () => {
    for (let i = 0; i < count; i++) callTool(instance, 'add', { a: i, b: 3 });
  };
  run();
  const begin = performance.now();
  run();
  const us = ((performance.now() - begin) * 1000) / count;
  return { what: 'add(2, 3) in the thread, arguments and result included', value: `${us.toFixed(2)} µs` };
}

/** The neighbour's latency at one connection while 32 connections do harm. */
async function containment({ mcp }: Daemon): Promise<Row[]> {
  const neighbour = (seconds: number): Promise<Load> =>
    load(mcp, 'tools/call', { ...add, name: 'add__fn__add' }, 1, seconds);
  await neighbour(1);
  const quiet = await neighbour(5);
  const rows: Row[] = [{ what: 'neighbour, quiet', value: show(quiet) }];
  for (const [name, args] of [
    ['spin', { n: 1 }],
    ['hog', { text: 'x'.repeat(1000) }],
    ['deep', { n: 1 }],
    ['trap', { n: 1 }],
  ] as const) {
    const harm = load(mcp, 'tools/call', { name: `harm__fn__${name}`, arguments: args }, 32, 8);
    await neighbour(1);
    const beside = await neighbour(5);
    await harm;
    rows.push({ what: `neighbour of 32 x ${name}`, value: show(beside), ratio: against(beside, quiet, 'quiet') });
  }
  return rows;
}

/** Resident memory after a million calls, against the same after ten thousand. */
async function leftovers({ mcp, pid }: Daemon): Promise<Row> {
  const calls = async (count: number) => {
    for (let done = 0; done < count;) {
      const { rate } = await load(mcp, 'tools/call', { ...add, name: 'add__fn__add' }, 32, 2);
      done += rate * 2;
    }
    return rssMiB(pid);
  };
  const few = await calls(CALLS.few);
  const many = await calls(CALLS.many - CALLS.few);
  return {
    what: 'RSS after a million calls',
    value: `${many.toFixed(0)} MiB`,
    ratio: `${(many / few).toFixed(2)}x of after ten thousand (${few.toFixed(0)} MiB)`,
  };
}

function manifest(name: string, limits: string): string {
  return `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: ${name}, sourceFile: ${name}.clarity }
spec:
  origin: { type: local_wasm, capabilities: {}${limits === '' ? '' : `, limits: ${limits}`} }
`;
}
