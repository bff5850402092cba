import type { ServiceRow } from '../../src/reconcile/ports.ts';
import type { WrittenFile } from './folder.ts';
import { failureLimit, generationKey, namespaceOf, originKey, type Wish } from './wish.ts';

/** How long the brake counts what vanished. */
const REMEMBERED_MS = 600_000;

/** A number of failures that is not known. */
const ANY = Number.POSITIVE_INFINITY;

/** What the fleet should hold of one service. */
export interface Held {
  /** Its last good form. */
  wish: Wish;
  generation: number;
  readonly firstSeenMs: number;
  namespaceSinceMs: number;
  /** Contested from its first moment. */
  bornContested: boolean;
  /** The reason of Synced=False: broken, contested, or gone and kept. */
  stale: string | undefined;
  /** Gone with too many others: only its return or a person's word ends that. */
  braked: boolean;
  /** Nobody declares it any more and it may go. */
  going: boolean;
  /** Failures and ends by itself since its origin changed. To unquarantine what is in no quarantine takes none of them away. */
  failures: number;
  /** Of the policies since then, what the strictest lets pass: a quarantine belongs to what ran, and outlives its policy. */
  leastLimit: number;
  /** The same since its generation began. */
  ends: number;
}

/** One report of the source, as the model sees it. */
export interface Report {
  readonly files: readonly (readonly [string, WrittenFile])[];
  readonly policies: readonly string[];
  /** Why it is not complete. */
  readonly trouble: string | undefined;
  /** What a tool of ours took away. */
  readonly removed: ReadonlySet<string>;
  /** A person agreed to this revision. */
  readonly confirmed: boolean;
  readonly now: number;
}

/** What is in force after all that the sources have said: written down anew, from the design and not from the code. */
export class Ledger {
  readonly held = new Map<string, Held>();
  policies = new Set<string>();
  /** When services vanished that nobody took away, less those that came since. */
  #losses: number[] = [];

  /** A daemon starts with what the one before stored. */
  reload(rows: Iterable<ServiceRow>, wishes: ReadonlyMap<number, Wish>): void {
    const before = new Map(this.held);
    this.held.clear();
    this.#losses = [];
    this.policies.clear();
    for (const { identity, manifest, generation, firstSeenMs, namespaceSinceMs, braked = false } of rows) {
      const wish = wishes.get(Number(manifest.metadata.annotations.wish));
      if (wish === undefined) throw new Error(`${identity} holds a manifest that nobody wrote`);
      const known = before.get(identity);
      // What the disk did not keep has not been: what failed before it may count again.
      const isOlder = known !== undefined && known.wish.serial !== wish.serial;
      const failures = isOlder ? ANY : (known?.failures ?? 0);
      const ends = isOlder ? ANY : (known?.ends ?? 0);
      this.held.set(identity, {
        wish,
        generation,
        firstSeenMs,
        namespaceSinceMs: namespaceSinceMs ?? firstSeenMs,
        bornContested: false,
        stale: undefined,
        braked,
        going: false,
        failures,
        leastLimit: Math.min(known?.leastLimit ?? Infinity, failureLimit(wish)),
        ends,
      });
    }
  }

  /** `isGone`: its end has been seen to the end. */
  absorb(report: Report, isGone: (name: string) => boolean): void {
    for (const [name, { going }] of this.held) if (going && isGone(name)) this.held.delete(name);
    if (report.trouble === undefined) this.policies.clear();
    for (const policy of report.policies) this.policies.add(policy);
    const claims = new Map<string, { wish: Wish; broken: boolean }[]>();
    for (const [, { good, broken }] of report.files)
      for (const wish of good) claims.set(wish.name, [...(claims.get(wish.name) ?? []), { wish, broken }]);
    for (const [name, found] of claims) this.#claimed(name, found, report.now);
    this.#prune(claims, report);
  }

  /** The services that are meant to be there. */
  get live(): readonly Held[] {
    return [...this.held.values()].filter(({ going }) => !going);
  }

  /** Why a service may not start, as far as the fleet alone decides: the first to claim a namespace keeps it. */
  blocker(name: string): string | undefined {
    const held = this.held.get(name);
    if (held === undefined) return undefined;
    const { wish, namespaceSinceMs } = held;
    const namespace = namespaceOf(wish);
    const isOlder = (other: Held) =>
      other.namespaceSinceMs < namespaceSinceMs ||
      (other.namespaceSinceMs === namespaceSinceMs && other.wish.name < name);
    if (this.live.some((other) => other !== held && namespaceOf(other.wish) === namespace && isOlder(other)))
      return 'NamespaceConflict';
    if (wish.policy !== undefined && !this.policies.has(wish.policy)) return 'PolicyNotFound';
    return held.bornContested ? 'Conflict' : undefined;
  }

  #claimed(name: string, found: readonly { wish: Wish; broken: boolean }[], now: number): void {
    const [first] = found;
    if (first === undefined) return;
    const isContested = found.length > 1;
    const stale = isContested ? 'Conflict' : first.broken ? 'ManifestInvalid' : undefined;
    const held = this.held.get(name);
    if (held === undefined) {
      this.#losses.shift();
      this.held.set(name, {
        wish: first.wish,
        generation: 1,
        firstSeenMs: now,
        namespaceSinceMs: now,
        bornContested: isContested,
        stale,
        braked: false,
        going: false,
        failures: 0,
        leastLimit: failureLimit(first.wish),
        ends: 0,
      });
      return;
    }
    held.going = false;
    held.braked = false;
    held.stale = stale;
    if (isContested) return;
    held.bornContested = false;
    const { wish } = first;
    if (generationKey(wish) !== generationKey(held.wish)) {
      held.generation++;
      held.ends = 0;
    }
    if (namespaceOf(wish) !== namespaceOf(held.wish)) held.namespaceSinceMs = now;
    if (originKey(wish) !== originKey(held.wish)) release(held);
    held.leastLimit = Math.min(held.leastLimit, failureLimit(wish));
    held.wish = wish;
  }

  #prune(claims: ReadonlyMap<string, unknown>, { trouble, removed, confirmed, now }: Report): void {
    const inventory = this.live;
    const missing = inventory.filter(({ wish }) => !claims.has(wish.name));
    for (const held of missing) if (removed.has(held.wish.name)) held.going = true;
    const rest = missing.filter(({ going }) => !going);
    const mayGo = trouble === undefined ? rest.filter(({ wish }) => !wish.pruneDisabled) : [];
    this.#losses = this.#losses.filter((at) => at > now - REMEMBERED_MS);
    const lost = this.#losses.length;
    const isLittle = mayGo.length + lost <= Math.max(3, Math.floor((inventory.length + lost) / 2));
    const goes = confirmed || (isLittle && !mayGo.some(({ braked }) => braked));
    for (const held of rest) {
      if (trouble !== undefined) held.stale = trouble;
      else if (held.wish.pruneDisabled) held.stale = 'PruneDisabled';
      else if (goes) held.going = true;
      else {
        held.stale = 'PruneBlocked';
        held.braked = true;
      }
    }
    if (confirmed) this.#losses = [];
    else if (goes) this.#losses.push(...mayGo.map(() => now));
  }
}

/** What it has failed before counts no more. */
function release(held: Held): void {
  held.failures = 0;
  held.leastLimit = Infinity;
}
