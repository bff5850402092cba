import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../helpers/free-port.ts';
import { Workspace } from '../helpers/daemon.ts';
import { stdioManifest } from '../helpers/manifests.ts';
import type { Row } from './calls.ts';
import { load, openSession } from './load.ts';
import { against, rounds, show } from './rounds.ts';

const UPSTREAM = join(import.meta.dirname, 'stdio-upstream.mjs');
const ECHO = { name: 'echo', arguments: { message: 'hello' } };
/** Fetched for the run: they are no dependency of ours. */
const PROXIES = ['mcp-proxy@6.7.19', 'supergateway@4.0.0'];

/** tools/call in a session over a stdio upstream, against two public proxies in front of the same one. */
export async function benchStdio(): Promise<readonly Row[]> {
  const workspace = await Workspace.create({ 'services.d/one.yaml': stdioManifest('one', [UPSTREAM]) });
  const options = ['install', '--ignore-scripts', '--no-save', '--prefix', workspace.path('proxies')];
  await promisify(execFile)('npm', [...options, ...PROXIES], { cwd: workspace.dir });
  const installed = workspace.path('proxies', 'node_modules');
  const daemon = await workspace.daemon();
  await daemon.ctl('wait', 'one', '--for=ready');
  const proxy = await Proxy.start(join(installed, 'mcp-proxy/dist/bin/mcp-proxy.mjs'), (port) => [
    ...['--host', '127.0.0.1', '--port', port, '--server', 'stream', '--', process.execPath, UPSTREAM],
  ]);
  const gateway = await Proxy.start(join(installed, 'supergateway/dist/index.js'), (port) => [
    ...['--stdio', `${process.execPath} ${UPSTREAM}`, '--outputTransport', 'streamableHttp', '--stateful'],
    ...['--port', port, '--logLevel', 'none'],
  ]);
  const rows: Row[] = [];
  for (const connections of [1, 32]) {
    const ours = await openSession(daemon.mcp);
    const [first, second] = [await openSession(proxy.url), await openSession(gateway.url)];
    const result = await rounds({
      'mcp-proxy': (seconds) => load(proxy.url, 'tools/call', ECHO, connections, seconds, first),
      supergateway: (seconds) => load(gateway.url, 'tools/call', ECHO, connections, seconds, second),
      ours: (seconds) => load(daemon.mcp, 'tools/call', { ...ECHO, name: 'one__echo' }, connections, seconds, ours),
    });
    const label = `stdio, ${String(connections)} connection${connections === 1 ? '' : 's'}`;
    for (const name of ['mcp-proxy', 'supergateway'] as const)
      rows.push({
        what: `${label}: ${name}`,
        value: show(result[name]),
        ratio: `clarity: ${against(result.ours, result[name], name)}`,
      });
    rows.push({ what: `${label}: clarity`, value: show(result.ours) });
  }
  await Promise.all([proxy.stop(), gateway.stop()]);
  await workspace.dispose();
  return rows;
}

/** A public proxy on a free port. */
class Proxy {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(script: string, args: (port: string) => readonly string[]): Promise<Proxy> {
    const port = String(await freePort());
    const child = spawn(process.execPath, [script, ...args(port)], { stdio: 'ignore' });
    const proxy = new Proxy(child, `http://127.0.0.1:${port}/mcp`);
    for (let tries = 0; tries < 100; tries++) {
      const answer = await fetch(proxy.url).catch(() => undefined);
      if (answer !== undefined) return proxy;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${script} does not listen`);
  }

  /** Not every one of them heeds SIGTERM. */
  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}
