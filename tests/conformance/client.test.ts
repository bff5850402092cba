import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { remoteManifest } from '../helpers/manifests.ts';
import { readFaults, startSuite, type Faults } from './suite.ts';

/** The client scenarios of 2025-11-25 without auth, each with the tool that it wants called. */
const SCENARIOS = {
  initialize: undefined,
  tools_call: { name: 'add_numbers', arguments: { a: 5, b: 3 } },
  'elicitation-sep1034-client-defaults': { name: 'test_client_elicitation_defaults' },
  'sse-retry': { name: 'test_reconnection' },
} as const;
const NAMES = Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[];

/** Scenarios that fail today, with the reason. One that passes while it is here fails this test. */
const EXPECTED: Readonly<Partial<Record<keyof typeof SCENARIOS, string>>> = {};

const serviceOf = (scenario: string) => scenario.replaceAll('_', '-');

/** The suite plays a server for each scenario; the gateway is its client, on behalf of an SDK client that calls the tool. */
describe('the official client scenarios, with the gateway as the client', () => {
  let workspace: Workspace;
  let faults: ReadonlyMap<string, Faults>;
  let servers: readonly Server[] = [];

  beforeAll(async () => {
    workspace = await Workspace.create();
    const results = workspace.path('results');
    await mkdir(results);
    servers = NAMES.map((scenario) => startServer(results, scenario));
    await Promise.all(
      servers.map(async ({ name, url }) => workspace.write(`services.d/${name}.yaml`, remoteManifest(name, await url))),
    );
    const daemon = await workspace.daemon();
    await Promise.all(NAMES.map((scenario) => play(daemon, scenario)));
    // A server ends when its last connection has.
    await daemon.stop();
    for (const { process } of servers) process.kill('SIGTERM');
    await Promise.all(servers.map(({ ended }) => ended));
    faults = await readFaults(results);
  }, 60_000);

  afterAll(async () => {
    for (const { process } of servers) process.kill('SIGKILL');
    await workspace.dispose();
  });

  it.each(NAMES)('%s', (scenario) => {
    const found = faults.get(scenario);
    if (scenario in EXPECTED) expect(found, `${scenario} passes: take it off the list`).not.toEqual([]);
    else expect(found).toEqual([]);
  });
});

/** The suite's server for a scenario. */
interface Server {
  readonly name: string;
  readonly process: ChildProcess;
  readonly url: Promise<string>;
  readonly ended: Promise<unknown>;
}

function startServer(results: string, scenario: string): Server {
  const suite = startSuite(results, ['client', '--scenario', scenario]);
  suite.stderr.resume();
  const lines = createInterface({ input: suite.stdout });
  const url = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.startsWith('Server URL: ')) resolve(line.slice('Server URL: '.length));
    });
    lines.once('close', () => reject(new Error(`the suite has ended before its server for ${scenario} was up`)));
  });
  return { name: serviceOf(scenario), process: suite, url, ended: once(suite, 'close') };
}

/** Waits for the service and calls the scenario's tool, as a client that fills in the defaults of a form. */
async function play(daemon: Daemon, scenario: keyof typeof SCENARIOS): Promise<void> {
  await daemon.ctl('wait', serviceOf(scenario), '--for=ready', '--timeout', '25s');
  const call = SCENARIOS[scenario];
  if (call === undefined) return;
  const capabilities = { elicitation: { form: { applyDefaults: true } } };
  const client = new Client({ name: 'conformance', version: '1' }, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
  const url = new URL(`${daemon.url}/mcp/s/${serviceOf(scenario)}`);
  await client.connect(new StreamableHTTPClientTransport(url));
  await client.callTool(call);
  await client.close();
}
