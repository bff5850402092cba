import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sized } from '../helpers/size.ts';
import { ACTS, addService, healAll, healServers } from './steps.ts';
import { differences } from './verdict.ts';
import { World } from './world.ts';

/** Longer than the longest back-off, the look at a terminal failure and a resync together. */
const CALM_MS = 700_000;

interface Setting {
  /** How many services there are at the beginning. */
  readonly size: number;
}

/** One act, and the time that passes after it. */
class Step implements fc.AsyncCommand<Setting, World> {
  readonly what: string;
  readonly service: number;
  readonly n: number;
  readonly pauseMs: number;

  constructor(what: string, service: number, n: number, pauseMs: number) {
    this.what = what;
    this.service = service;
    this.n = n;
    this.pauseMs = pauseMs;
  }

  check(): boolean {
    return true;
  }

  async run({ size }: Setting, world: World): Promise<void> {
    await ACTS[this.what]?.(world, nameOf(this.service % size), this.n);
    await world.run(this.pauseMs);
    if (world.offences.length > 0) throw new Error(world.offences.join('\n'));
  }

  toString(): string {
    return `${this.what}(${nameOf(this.service)}, ${String(this.n)}) +${String(this.pauseMs)}`;
  }
}

const nameOf = (index: number) => `s-${String(index)}`;

const step = fc
  .tuple(
    fc.constantFrom(...Object.keys(ACTS)),
    fc.nat(199),
    fc.nat(60),
    fc.constantFrom(0, 5, 120, 2000, 15_000, 70_000),
  )
  .map((parts) => new Step(...parts));
async function begin(services: number): Promise<World> {
  const world = new World();
  for (let i = 0; i < services; i++) addService(world, nameOf(i), i);
  await world.startDaemon();
  return world;
}

async function settle(world: World): Promise<void> {
  await world.run(CALM_MS);
  expect([...world.offences, ...differences(world)]).toEqual([]);
}

/** A fleet of `services` lives through the acts; then everything heals, in two steps. */
async function live(services: number, steps: Iterable<fc.AsyncCommand<Setting, World>>): Promise<void> {
  const world = await begin(services);
  await fc.asyncModelRun(() => ({ model: { size: services }, real: world }), steps);
  healServers(world);
  await settle(world);
  healAll(world);
  await settle(world);
  await world.stopDaemon();
  expect(world.offences).toEqual([]);
}

describe('whatever happens, a fleet converges to what is desired, and nothing that is desired and unchanged is stopped', () => {
  it(
    'few services, to each of which much happens',
    async () => {
      const steps = fc.commands([step], { maxCommands: 60, size: 'max' });
      await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 12 }), steps, live), { numRuns: sized(20, 300, 900) });
    },
    sized(60_000, 1_800_000),
  );

  it(
    'many services',
    async () => {
      const steps = fc.commands([step], { maxCommands: 100, size: 'max' });
      await fc.assert(fc.asyncProperty(fc.constant(sized(60, 200)), steps, live), { numRuns: sized(1, 4, 100) });
    },
    sized(60_000, 1_800_000),
  );
});
