import { Workspace, type Daemon } from '../helpers/daemon.ts';
import type { Row } from './calls.ts';
import { rssMiB } from './child.ts';
import { benchFirstPage } from './first-page.ts';

const SERVICES = 1000;

/** A thousand wasm services that nobody calls: what they hold, and what the first page of their tools costs. */
export async function benchWasmFleet(): Promise<readonly Row[]> {
  const files: Record<string, string> = {};
  for (let i = 0; i < SERVICES; i++) {
    const name = `s${String(i)}`;
    files[`src/${name}.clarity`] =
      `module S\n\n// Adds ${String(i)} to a number.\nfunction add(n: Int64) -> Int64 { n + ${String(i)} }\n`;
    files[`services.d/${name}.yaml`] =
      `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}, sourceFile: src/${name}.clarity}\nspec: {origin: {type: local_wasm, capabilities: {}}}\n`;
  }
  const workspace = await Workspace.create(files);
  const begin = performance.now();
  const daemon = await workspace.daemon();
  await allReady(daemon);
  const first = performance.now() - begin;
  await daemon.stop();
  const again = performance.now();
  const warm = await workspace.daemon();
  await allReady(warm);
  const second = performance.now() - again;
  const rss = await rssMiB(warm.pid);

  const page = await benchFirstPage(warm.mcp, 'their tools');
  await workspace.dispose();
  return [
    { what: `${String(SERVICES)} wasm services, first start`, value: `${(first / 1000).toFixed(1)} s` },
    {
      what: `${String(SERVICES)} wasm services, a start with nothing changed`,
      value: `${(second / 1000).toFixed(1)} s`,
    },
    {
      what: `idle RSS with ${String(SERVICES)} wasm services`,
      value: `${rss.toFixed(0)} MiB`,
      ratio: `${(rss / 300).toFixed(2)}x of 300 MiB`,
    },
    ...page,
  ];
}

async function allReady(daemon: Daemon): Promise<void> {
  for (;;) {
    const answer = await fetch(`${daemon.url}/api/services`);
    const { items } = (await answer.json()) as { items: { lifecycle: string }[] };
    if (items.length === SERVICES && items.every(({ lifecycle }) => lifecycle === 'RUNNING')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
