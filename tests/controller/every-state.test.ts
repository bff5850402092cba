import { describe, expect, it } from 'vitest';
import { presentRecord } from '../../src/api/present.ts';
import { viewOf } from '../../src/runtime/service-view.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import type { Lifecycle } from '../../src/shared/condition.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';
import { remoteManifest } from '../helpers/manifests.ts';

const never = Number.POSITIVE_INFINITY;
const remote = remoteManifest('a', 'http://127.0.0.1:1/mcp');
const failing = new ClarityError('StartFailed', 'no licence');
const probed = (spec = '') => service('a', `  probe: {intervalSeconds: 10, failureThreshold: 3}\n${spec}`);
const broken = (code: 'UpstreamUnauthorized' | 'UpstreamUnreachable') =>
  new RpcError(RPC.unavailable, 'no', { sent: false }, { cause: new ClarityError(code, `says ${code}`) });

/** The original's words for a service that is as its test left it (original contract §5; surfaces.md, HTTP). */
function words(rig: ControllerRig) {
  const now = rig.clock.now();
  const { runtime } = presentRecord(viewOf(rig.entry('a'), rig.controller.sources.diagnostics, now), now);
  return { lifecycle: runtime.lifecycle, health: runtime.health, lastError: runtime.lastError };
}

interface Case {
  readonly manifest?: string;
  readonly prepare?: (rig: ControllerRig) => unknown;
  /** Milliseconds before `then`. */
  readonly runMs?: number;
  readonly then?: (rig: ControllerRig) => void | Promise<void>;
}

const LIFECYCLES: Readonly<Record<Lifecycle, Case>> = {
  REGISTERED: { manifest: service('a', '  autostart: false\n') },
  STARTING: { prepare: ({ driver }) => (driver.of('a').startMs = never) },
  RUNNING: {},
  STOPPING: {
    prepare: ({ driver }) => (driver.of('a').stopMs = 8000),
    then: async (rig) => {
      rig.source.set({ a: service('a', '  enabled: false\n') });
      await rig.run(1000);
    },
  },
  STOPPED: { manifest: service('a', '  enabled: false\n') },
  CRASHED: {
    then: async (rig) => {
      rig.driver.crash('a');
      await rig.run(100);
    },
  },
  QUARANTINED: { prepare: ({ driver }) => (driver.of('a').startError = failing), runMs: 60_000 },
};

type HealthWord = 'UNKNOWN' | 'HEALTHY' | 'DEGRADED' | 'TIMEOUT' | 'UNAUTHORIZED' | 'UNREACHABLE';

const HEALTHS: readonly (readonly [HealthWord, string, Case, RegExp | undefined])[] = [
  ['UNKNOWN', 'it starts', LIFECYCLES.STARTING, undefined],
  ['UNKNOWN', 'it is stopped by wish', LIFECYCLES.STOPPED, undefined],
  ['HEALTHY', 'it serves', LIFECYCLES.RUNNING, undefined],
  ['DEGRADED', 'it crashed', LIFECYCLES.CRASHED, /ended with code 1.*boom/],
  ['DEGRADED', 'it is quarantined', LIFECYCLES.QUARANTINED, /failed 5 times.*no licence/],
  [
    'DEGRADED',
    'its probe is answered with an error',
    {
      manifest: probed(),
      then: async (rig) => {
        rig.driver.of('a').pingError = new RpcError(RPC.internalError, 'out of order');
        await rig.run(13_000);
      },
    },
    /1 probes? failed in a row: .*out of order/,
  ],
  [
    'TIMEOUT',
    'its probe is not answered',
    {
      manifest: probed(),
      then: async (rig) => {
        rig.driver.of('a').pingError = new RpcError(RPC.timeout, 'silence');
        await rig.run(13_000);
      },
    },
    /1 probes? failed in a row: silence/,
  ],
  [
    'TIMEOUT',
    'it does not answer initialize',
    { prepare: ({ driver }) => (driver.of('a').startError = new ClarityError('UpstreamTimeout', 'late')), runMs: 300 },
    /late/,
  ],
  [
    'UNAUTHORIZED',
    'a remote refuses our token at the start',
    {
      manifest: remote,
      prepare: (rig) => (rig.remote.of('a').startError = new ClarityError('UpstreamUnauthorized', '401')),
    },
    /401/,
  ],
  [
    'UNAUTHORIZED',
    'a remote refuses our token while it runs',
    {
      manifest: remote,
      then: async (rig) => {
        rig.remote.of('a').pingError = broken('UpstreamUnauthorized');
        await rig.run(40_000);
      },
    },
    /no/,
  ],
  [
    'UNREACHABLE',
    'a remote is away at the start',
    {
      manifest: remote,
      prepare: (rig) => (rig.remote.of('a').startError = new ClarityError('UpstreamUnreachable', 'refused')),
      runMs: 300,
    },
    /refused/,
  ],
  [
    'UNREACHABLE',
    'a remote goes away while it runs',
    {
      manifest: remote,
      then: async (rig) => {
        rig.remote.of('a').pingError = broken('UpstreamUnreachable');
        await rig.run(40_000);
      },
    },
    /no/,
  ],
];

async function reach({ manifest = service('a'), prepare, runMs = 1000, then }: Case) {
  const rig = await ControllerRig.start({ a: manifest }, (fresh) => {
    prepare?.(fresh);
  });
  await rig.run(runMs);
  await then?.(rig);
  return words(rig);
}

describe('a crash', () => {
  it('is told as what it is, from its first moment', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.events.length = 0;
    rig.driver.crash('a');
    await rig.run(20);
    expect(words(rig)).toMatchObject({ lifecycle: 'CRASHED', health: 'DEGRADED' });
    await rig.run(3000);
    expect(rig.events.map(({ kind, reason }) => `${kind} ${reason ?? ''}`)).toEqual([
      'service.not_ready CrashLoopBackOff',
      'service.restarted Restart',
      'service.started Serving',
    ]);
  });
});

describe('every state of the original is reached', () => {
  it.each(Object.entries(LIFECYCLES))('lifecycle %s', async (lifecycle, one) => {
    expect((await reach(one)).lifecycle).toBe(lifecycle);
  });

  it.each(HEALTHS)('health %s where %s', async (health, _when, one, lastError) => {
    const said = await reach(one);
    expect(said.health).toBe(health);
    if (lastError === undefined) expect(said.lastError).toBeUndefined();
    else expect(said.lastError).toMatch(lastError);
  });
});
