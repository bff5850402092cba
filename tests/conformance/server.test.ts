import { mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { remoteManifest, stdioManifest } from '../helpers/manifests.ts';
import { sized } from '../helpers/size.ts';
import { FIXTURE_STDIO, startFixtureHttp, type FixtureHttp } from './fixture-server.ts';
import { SERVER_SCENARIOS } from './server-scenarios.ts';
import { judgeServer, type Faults } from './suite.ts';

/** Scenarios that fail today, with the reason. One that passes while it is here fails this test. */
const EXPECTED: Readonly<Partial<Record<(typeof SERVER_SCENARIOS)[number], string>>> = {};

/** The fixture upstream over each transport; every change runs the first. */
const UPSTREAMS = ['stdio', 'streamable', 'legacy'].slice(0, sized(1, 3));

describe('the official server scenarios, through the gateway', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  let http: FixtureHttp;

  beforeAll(async () => {
    http = await startFixtureHttp();
    workspace = await Workspace.create({
      'services.d/stdio.yaml': stdioManifest('stdio', [FIXTURE_STDIO]),
      'services.d/streamable.yaml': remoteManifest('streamable', http.streamable),
      'services.d/legacy.yaml': remoteManifest('legacy', http.legacy, 'sse_http'),
    });
    daemon = await workspace.daemon();
    await Promise.all(UPSTREAMS.map((name) => daemon.ctl('wait', name, '--for=ready', '--timeout', '25s')));
  }, 60_000);

  afterAll(async () => {
    await workspace.dispose();
    await http.stop();
  });

  describe.each(UPSTREAMS)('before a %s upstream', (upstream) => {
    let faults: ReadonlyMap<string, Faults>;
    beforeAll(async () => {
      const results = workspace.path('results', upstream);
      await mkdir(results, { recursive: true });
      faults = await judgeServer(`${daemon.url}/mcp/s/${upstream}`, results);
    }, 90_000);

    it('are all of the suite', () => {
      expect([...faults.keys()].sort()).toEqual(SERVER_SCENARIOS);
    });

    it.each(SERVER_SCENARIOS)('%s', (scenario) => {
      const found = faults.get(scenario);
      if (scenario in EXPECTED) expect(found, `${scenario} passes: take it off the list`).not.toEqual([]);
      else expect(found).toEqual([]);
    });
  });
});
