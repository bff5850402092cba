import type { ErrorCode } from '../../src/shared/errors.ts';
import { firstWish, RESTART_NAMES, TYPES, type Wish } from './wish.ts';
import type { World } from './world.ts';

/** One thing that happens in the world: to a service, with a number to choose details by. */
type Act = (world: World, name: string, n: number) => void | Promise<void>;

const NEVER = Number.POSITIVE_INFINITY;
const pick = <T>(values: readonly T[], n: number): T => {
  const value = values[n % values.length];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
};

/** Rewrites every document of the name that people have written, and has the source say so. */
function edit(change: (wish: Wish, n: number) => Partial<Wish>): Act {
  return (world, name, n) => {
    for (const { file, wish } of world.folder.claims(name)) {
      const wishes = world.folder.files.get(file)?.wishes ?? [];
      const next = world.write({ ...wish, ...change(wish, n) });
      world.folder.write(
        file,
        wishes.map((one) => (one === wish ? next : one)),
      );
    }
    world.folder.report();
  };
}

function toldTo(change: (world: World, name: string, n: number) => void): Act {
  return (world, name, n) => {
    change(world, name, n);
    world.folder.report();
  };
}

/** Where a service is written first. */
const fileOf = (name: string) => `${name}.yaml`;

/** A service as the model writes it first. */
export function addService(world: World, name: string, n: number): void {
  if (world.folder.claims(name).length > 0) return;
  const wish = firstWish(name, pick(TYPES, n), pick(RESTART_NAMES, n >> 2));
  const file = fileOf(name);
  world.folder.write(file, [...(world.folder.files.get(file)?.wishes ?? []), world.write({ ...wish, command: n })]);
}

const ERRORS: readonly ErrorCode[] = ['StartFailed', 'CommandNotFound', 'UpstreamUnauthorized', 'UpstreamUnreachable'];

/** Everything that may happen. Wishes are edited, servers misbehave, sources and disks fail, daemons end, clocks are set. */
export const ACTS: Readonly<Record<string, Act>> = {
  add: toldTo(addService),
  command: edit((_wish, n) => ({ command: n })),
  commandBack: edit(({ command }) => ({ command: command === 1 ? 2 : 1 })),
  label: edit(({ label }) => ({ label: label + 1 })),
  tools: edit(({ denied }) => ({ denied: denied + 1 })),
  enabled: edit(({ enabled }) => ({ enabled: !enabled })),
  autostart: edit(({ autostart }) => ({ autostart: !autostart })),
  suspend: edit(({ suspend }) => ({ suspend: !suspend })),
  restart: edit(({ restartedAt }) => ({ restartedAt: restartedAt + 1 })),
  unquarantine: edit(({ unquarantinedAt }) => ({ unquarantinedAt: unquarantinedAt + 1 })),
  strategy: edit(({ strategy }) => ({ strategy: strategy === 'Overlap' ? 'Recreate' : 'Overlap' })),
  restartPolicy: edit((_wish, n) => ({ restarts: pick(RESTART_NAMES, n) })),
  driver: edit((_wish, n) => ({ type: pick(TYPES, n) })),
  pruneDisabled: edit(({ pruneDisabled }) => ({ pruneDisabled: !pruneDisabled })),
  onDemand: edit(({ onDemand }) => ({ onDemand: !onDemand })),
  call: (world, name) => world.call(name),
  policy: edit(({ policy }, n) => ({ policy: policy === undefined ? pick(['tight', 'loose'], n) : undefined })),
  clash: edit(({ namespace }, n) => ({
    namespace: namespace === undefined ? pick(['shared', 'common'], n) : undefined,
  })),
  secret: edit(({ secret }, n) => ({ secret: secret === undefined ? pick(['env:ONE', 'env:TWO'], n) : undefined })),
  delete: toldTo(({ folder }, name) => folder.drop(name)),
  deleteByTool: async ({ daemon, folder }, name) => {
    if (folder.claims(name).length > 0)
      await daemon.controller.sources.refresh(undefined, { removed: [{ kind: 'MCPService', name }] });
  },
  move: toldTo(({ folder }, name, n) => {
    const claims = folder.claims(name);
    const [claim] = claims;
    if (claim === undefined || claims.length > 1 || folder.files.get(claim.file)?.broken === true) return;
    const to = `moved-${String(n % 3)}.yaml`;
    if (folder.files.get(to)?.broken === true || to === claim.file) return;
    folder.drop(name);
    folder.write(to, [...(folder.files.get(to)?.wishes ?? []), claim.wish]);
  }),
  break: toldTo(({ folder }, name) => {
    for (const { file } of folder.claims(name)) folder.write(file, folder.files.get(file)?.wishes ?? [], true);
  }),
  heal: toldTo(({ folder }, name) => {
    for (const { file } of folder.claims(name)) folder.write(file, folder.files.get(file)?.wishes ?? [], false);
  }),
  claimTwice: toldTo((world, name, n) => {
    const file = `second-${name}.yaml`;
    const [claim] = world.folder.claims(name);
    if (world.folder.files.has(file)) world.folder.write(file, []);
    else if (claim !== undefined) world.folder.write(file, [world.write({ ...claim.wish, command: n })]);
  }),
  policyFile: toldTo(({ folder: { policies } }, _name, n) => {
    const policy = pick(['tight', 'loose'], n);
    if (!policies.delete(policy)) policies.add(policy);
  }),
  secretSet: (world, _name, n) => setSecret(world, pick(['env:ONE', 'env:TWO'], n), String(n)),
  secretGone: (world, _name, n) => setSecret(world, pick(['env:ONE', 'env:TWO'], n), undefined),
  compiled: ({ sourceFiles }, name) => sourceFiles.change(name),
  crash: ({ servers }, name, n) => servers.crash(name, n % 3),
  crashLoop: ({ servers }, name, n) => void (servers.of(name).lifeMs = pick([50, 3000, 20_000, 70_000], n)),
  failStarts: ({ servers }, name, n) => {
    servers.of(name).startError = pick(ERRORS, n);
    servers.of(name).startFailures = pick([1, 3, NEVER], n >> 2);
  },
  hang: ({ servers }, name) => void (servers.of(name).startMs = NEVER),
  slow: ({ servers }, name) => void (servers.of(name).startMs = 3000),
  slowStop: ({ servers }, name, n) => void (servers.of(name).stopMs = pick([7000, 60_000, 150_000], n)),
  listsFail: ({ servers }, name) => void (servers.of(name).listsFail = true),
  listsHang: ({ servers }, name) => void (servers.of(name).listMs = NEVER),
  pingsFail: ({ servers }, name) => void (servers.of(name).pingsFail = true),
  pingsHang: ({ servers }, name) => void (servers.of(name).pingMs = NEVER),
  listChanged: ({ servers }, name) => {
    servers.of(name).tools++;
    servers.listChanged(name);
  },
  mend: ({ servers }, name) => servers.mend(name),
  massDelete: toldTo(({ folder }, _name, n) => {
    for (const [i, file] of [...folder.files.keys()].entries()) if (i % 5 !== n % 5) folder.files.delete(file);
  }),
  confirmPrune: (world) => world.confirmPrune(),
  trouble: toldTo(({ folder }, _name, n) => {
    const isContested = (file: string) =>
      folder.files.get(file)?.good.some(({ name }) => folder.claims(name).length > 1) === true;
    const all = [...folder.files.keys(), ...folder.policies].filter((file) => !isContested(file));
    const why = { reason: pick(['SourceMissing', 'SourceBusy'], n), message: 'it is not there' };
    folder.trouble = folder.trouble ? undefined : { why, hidden: new Set(all.filter((_, i) => i % 3 !== n % 3)) };
  }),
  reconcile: ({ daemon }, name, n) => daemon.controller.requestReconcile(name, n % 2 === 0),
  suspect: ({ daemon }, name) => daemon.controller.view.suspect(name),
  clockForward: ({ clock }, _name, n) => clock.jump(pick([1000, 60_000, 3_600_000, 86_400_000], n)),
  clockBack: ({ clock }, _name, n) => clock.jump(-pick([1, 500, 5000], n)),
  kill: async (world) => {
    world.killDaemon();
    await world.startDaemon();
  },
  stop: async (world) => {
    await world.stopDaemon();
    await world.startDaemon();
  },
  diskRefuses: (world) => world.refuse(true),
  diskMended: (world) => world.refuse(false),
};

/** What it is made of changed, and the person who did it says so. */
function setSecret(world: World, secret: string, value: string | undefined): void {
  if (value === undefined) world.secrets.delete(secret);
  else world.secrets.set(secret, value);
  for (const { wish } of world.ledger.live)
    if (wish.secret === secret) world.daemon.controller.requestReconcile(wish.name, false);
}

/** Nothing is broken any more outside of the manifests. */
export function healServers(world: World): void {
  world.servers.mendAll();
  world.refuse(false);
}

/** Nor in them: every service is asked for, and what was given up is tried anew. */
export function healAll(world: World): void {
  const { folder, secrets } = world;
  folder.trouble = undefined;
  for (const secret of ['env:ONE', 'env:TWO']) secrets.set(secret, 'healed');
  for (const policy of ['tight', 'loose']) folder.policies.add(policy);
  for (const [file, { wishes }] of [...folder.files]) {
    const isSecond = file.startsWith('second-');
    const healed = wishes.map((wish) =>
      world.write({
        ...wish,
        namespace: undefined,
        suspend: false,
        restartedAt: wish.restartedAt + 1,
        unquarantinedAt: wish.unquarantinedAt + 1,
      }),
    );
    folder.write(file, isSecond ? [] : healed, false);
  }
  folder.report();
}
