import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { ServiceManifest } from '../../src/manifest/index.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';
import { sized } from '../helpers/size.ts';

const NAMES = Array.from({ length: 10 }, (_, i) => `s${String(i)}`);
const NEVER = Number.POSITIVE_INFINITY;

/** What a manifest of the test says. */
interface Wish {
  command: string;
  startTimeoutMs: number;
  enabled: boolean;
  restartedAt: string;
}

const step = fc.record({
  what: fc.constantFrom(
    'command',
    'timeout',
    'toggle',
    'restart',
    'delete',
    'create',
    'crash',
    'slow',
    'hang',
    'fail',
    'mend',
    'stopSlow',
    'listChanged',
    'wait',
  ),
  name: fc.constantFrom(...NAMES),
  pause: fc.constantFrom(0, 1, 30, 120, 2000, 15_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The world of one run: what people wish, and how servers behave. */
class World {
  readonly wishes = new Map<string, Wish>();
  readonly rig: ControllerRig;
  #serial = 0;

  constructor(rig: ControllerRig) {
    this.rig = rig;
    rig.driver.onStop = ({ identity }, started, phase) => {
      const wish = this.wishes.get(identity);
      if (phase !== 'running' || wish?.enabled !== true) return;
      const same = made(started.manifest) === `${wish.command} ${wish.restartedAt}`;
      if (same) throw new Error(`${identity} was stopped although it is desired and unchanged`);
    };
  }

  async step({ what, name, pause }: Step): Promise<void> {
    const wish = this.wishes.get(name);
    const { driver } = this.rig;
    const behaviour = driver.of(name);
    const serial = String(++this.#serial);
    if (what === 'create') this.wishes.set(name, wish ?? fresh(`c${serial}`));
    else if (what === 'delete') this.wishes.delete(name);
    else if (what === 'crash') driver.crash(name);
    else if (what === 'listChanged') driver.listChanged(name);
    else if (what === 'slow') behaviour.startMs = 3000;
    else if (what === 'hang') behaviour.startMs = NEVER;
    else if (what === 'fail') behaviour.startError = new ClarityError('StartFailed', 'no');
    else if (what === 'stopSlow') behaviour.stopMs = 7000;
    else if (what === 'mend') this.#mend(name);
    else if (wish !== undefined && what !== 'wait') {
      if (what === 'command') wish.command = `c${serial}`;
      else if (what === 'timeout') wish.startTimeoutMs += 1;
      else if (what === 'toggle') wish.enabled = !wish.enabled;
      else wish.restartedAt = serial;
    }
    this.#publish();
    await this.rig.run(pause);
  }

  /** Nothing is broken any more, and time passes. */
  async calm(): Promise<void> {
    for (const name of NAMES) this.#mend(name);
    this.#publish();
    await this.rig.run(700_000);
  }

  #mend(name: string): void {
    const behaviour = this.rig.driver.of(name);
    behaviour.startMs = 100;
    behaviour.stopMs = 50;
    delete behaviour.startError;
  }

  #publish(): void {
    this.rig.source.set(
      Object.fromEntries(
        NAMES.map((name) => {
          const wish = this.wishes.get(name);
          return [name, wish && textOf(name, wish)];
        }),
      ),
    );
    for (const { row } of [...this.rig.controller.fleet.entries.values()])
      if (row.memory.quarantine !== undefined) throw new Error('maxRestarts 0 quarantines nothing');
  }
}

function fresh(command: string): Wish {
  return { command, startTimeoutMs: 30_000, enabled: true, restartedAt: '0' };
}

function textOf(name: string, { command, startTimeoutMs, enabled, restartedAt }: Wish): string {
  const spec = `  startTimeoutMs: ${String(startTimeoutMs)}\n  enabled: ${String(enabled)}\n  restartPolicy: {maxRestarts: 0}\n`;
  const annotations = `, annotations: {clarity.runtime/restartedAt: "${restartedAt}"}`;
  return service(name, spec, annotations).replace('command: node', `command: ${command}`);
}

/** What an instance was made of. */
function made({ metadata, spec }: ServiceManifest): string {
  const command = spec.origin.type === 'local_stdio' ? spec.origin.command : '';
  return `${command} ${metadata.annotations['clarity.runtime/restartedAt'] ?? ''}`;
}

it('random edits, crashes and deletions converge to what is desired, and stop nothing that is desired and unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const rig = await ControllerRig.start({});
      const world = new World(rig);
      for (const name of NAMES.slice(0, 6)) world.wishes.set(name, fresh('first'));
      for (const one of steps) await world.step(one);
      await world.calm();
      for (const name of NAMES) {
        const wish = world.wishes.get(name);
        const running = rig.driver.running(name);
        if (wish?.enabled !== true) expect(rig.driver.observe(name)).toEqual([]);
        else expect(running.map(({ manifest }) => made(manifest))).toEqual([`${wish.command} ${wish.restartedAt}`]);
        if (wish === undefined) expect(rig.controller.fleet.entries.has(name)).toBe(false);
        else {
          const { row, status } = rig.entry(name);
          expect(status?.observedGeneration).toBe(row.generation);
          expect(rig.condition(name)).toBe(wish.enabled ? 'True:Serving' : 'False:Stopped');
          expect(status?.conditions.some(({ type }) => type === 'Stalled' || type === 'Reconciling')).toBe(false);
        }
      }
      expect(rig.events.filter(({ kind }) => kind === 'reconcile.failed' || kind === 'service.stop_failed')).toEqual(
        [],
      );
      await rig.stop();
    }),
    { numRuns: sized(30, 300) },
  );
});
