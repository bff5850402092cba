import type { Held } from './ledger.ts';
import { namespaceOf } from './wish.ts';
import type { World } from './world.ts';

/** Compares the fleet with what it should be, now that time has passed; every difference in a sentence. */
export function differences(world: World): string[] {
  const { fleet } = world.daemon.controller;
  const names = new Set([...world.ledger.held.keys(), ...fleet.entries.keys(), ...world.disk.rows.keys()]);
  return [...names].flatMap((name) => {
    const held = world.ledger.held.get(name);
    const verdict = new Verdict(world, name);
    if (held === undefined || held.going) verdict.isGone();
    else verdict.isAs(held);
    return verdict.wrong.map((what) => `${name}: ${what}`);
  });
}

/** One service against its wish. */
class Verdict {
  readonly wrong: string[] = [];
  readonly #world: World;
  readonly #name: string;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#name = name;
  }

  isGone(): void {
    this.#expect('known', this.#entry !== undefined, false);
    this.#expect('stored', this.#world.disk.rows.has(this.#name), false);
    this.#expect('listed', this.#served !== undefined, false);
  }

  isAs(held: Held): void {
    const entry = this.#entry;
    this.#expect('known', entry !== undefined, true);
    this.#expect('generation', entry?.row.generation, held.generation);
    this.#expect('wish', entry?.row.manifest.metadata.annotations.wish, String(held.wish.serial));
    if (held.stale !== undefined) this.#expect('Synced', this.#condition('Synced'), `False:${held.stale}`);
    const { enabled, autostart, suspend } = held.wish;
    const forbidden = this.#world.ledger.blocker(this.#name);
    if (suspend) return;
    if (!enabled) this.#isOff('Stopped');
    else if (!autostart) this.#isOff('NotStarted');
    else if (forbidden !== undefined) this.#isOff(forbidden);
    else this.#isUp(held);
    if (this.#condition('Ready') === 'False:DependencyNotReady') return;
    this.#expect('observedGeneration', entry?.status?.observedGeneration, held.generation);
    this.#expect('Reconciling', this.#condition('Reconciling'), 'absent');
  }

  #isOff(reason: string): void {
    this.#expect('Ready', this.#condition('Ready'), `False:${reason}`);
    this.#expect('instances', this.#instances.length, 0);
    this.#expect('listed', this.#served !== undefined, false);
  }

  /** It should run, unless the world gives it a reason not to. */
  #isUp(held: Held): void {
    const ready = this.#condition('Ready');
    const reasons = this.#excuses(held);
    if (ready === 'True:Idle' && held.wish.onDemand) this.#sleeps();
    else if (ready === 'False:RolledBack' && held.wish.strategy === 'Overlap' && reasons.length > 0)
      this.#isRolledBack(held);
    else if (reasons.some((reason) => ready === `False:${reason}`)) this.#isHeldBack(held);
    else this.#serves(held);
  }

  #serves(held: Held): void {
    this.#expect('Ready', this.#condition('Ready'), 'True:Serving');
    this.#expect('Stalled', this.#condition('Stalled'), 'absent');
    if (held.stale === undefined) this.#expect('Synced', this.#condition('Synced'), 'True:Applied');
    this.#expect('asleep', this.#instances.length === 0, held.wish.onDemand);
    this.#servesOne();
    const hash = this.#world.runHash(held);
    if (hash !== undefined) this.#expect('runHash', this.#instances[0]?.ref.runHash, hash);
    this.#expect('namespace', this.#served?.namespace, namespaceOf(held.wish));
  }

  #servesOne(): void {
    const [instance] = this.#instances;
    this.#expect('instances', this.#instances.length, 1);
    this.#expect('state', instance?.state, 'running');
    this.#expect('upstream', this.#served?.upstream()?.ref.id, instance?.ref.id);
    const tools = this.#served?.interface.tools.map(({ name }) => (typeof name === 'string' ? name : '?')).join();
    this.#expect('interface', tools, `tool_${String(instance?.listed)}`);
  }

  #sleeps(): void {
    this.#expect('instances', this.#instances.length, 0);
    this.#expect('listed', this.#served?.wake !== undefined, true);
  }

  #isRolledBack(held: Held): void {
    this.#expect('Stalled', this.#condition('Stalled'), 'True:RolledBack');
    this.#expect('new generation runs', this.#instances[0]?.ref.runHash === this.#world.runHash(held), false);
    this.#servesOne();
  }

  #isHeldBack(held: Held): void {
    const hash = this.#world.runHash(held);
    const own = this.#instances.filter(({ ref }) => ref.runHash === hash);
    this.#expect('instances', own.length, 0);
  }

  /** What may keep it from running: its failures were counted by the world itself. */
  #excuses(held: Held): string[] {
    const secret = this.#world.missesSecret(held);
    return [
      ...(Number.isFinite(held.leastLimit) && held.failures >= held.leastLimit ? ['CrashLoop'] : []),
      ...(held.ends > 0 && held.wish.restarts !== 'always' ? ['Exited', 'Completed'] : []),
      ...(secret ? ['SecretNotFound'] : []),
    ];
  }

  get #entry() {
    return this.#world.daemon.controller.fleet.entries.get(this.#name);
  }

  get #served() {
    return this.#world.daemon.controller.view.get(this.#name);
  }

  get #instances() {
    return this.#world.servers.all(this.#name);
  }

  #condition(type: string): string {
    const found = this.#entry?.status?.conditions.find((one) => one.type === type);
    return found === undefined ? 'absent' : `${found.status}:${found.reason}`;
  }

  #expect(what: string, is: unknown, wanted: unknown): void {
    if (is !== wanted) this.wrong.push(`${what} is ${String(is)} and should be ${String(wanted)}`);
  }
}
