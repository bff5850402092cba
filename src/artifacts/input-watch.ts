import { dirname } from 'node:path';
import type { Identity } from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { fileStamp } from '../toolchain/source-reader.ts';
import type { ArtifactLimits } from './limits.ts';
import { WatchedFolder } from './watched-folder.ts';

/** A stream of events is not waited out for longer than this many times the settling time. */
const MOST_SETTLING = 4;
/** All folders: some file systems (networks, containers) take a watch and tell nothing. */
const POLLS_BETWEEN_ALL = 15;

interface Watched {
  readonly folders: ReadonlySet<string>;
  /** As last seen: a difference is told once. */
  readonly stamps: Map<string, string>;
}

/** Watches the inputs of all services: events only say when to look, the stamps of the files say what has changed. */
export class InputWatch {
  readonly #clock: Clock;
  readonly #limits: ArtifactLimits;
  readonly #onChange: (identity: Identity) => void;
  readonly #services = new Map<Identity, Watched>();
  readonly #folders = new Map<string, WatchedFolder>();
  /** Folders with an event since the last look. */
  readonly #stirred = new Set<string>();
  #lookBefore = 0;
  #cancelLook: Cancel = () => undefined;
  #cancelPoll: Cancel | undefined;
  #polls = 0;

  constructor(clock: Clock, limits: ArtifactLimits, onChange: (identity: Identity) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onChange = onChange;
  }

  /** The inputs of a service, with the stamps that they had when it was made; a change since then is told at once. */
  set(identity: Identity, inputs: ReadonlyMap<string, string>): void {
    const before = this.#services.get(identity);
    const folders = new Set([...inputs.keys()].map((path) => dirname(path)));
    this.#services.set(identity, { folders, stamps: new Map(inputs) });
    for (const folder of folders) this.#use(folder, identity);
    for (const folder of before?.folders ?? []) if (!folders.has(folder)) this.#leave(folder, identity);
    this.#cancelPoll ??= this.#clock.after(this.#limits.pollMs, () => this.#poll());
    this.#look([identity]);
  }

  delete(identity: Identity): void {
    const watched = this.#services.get(identity);
    this.#services.delete(identity);
    for (const folder of watched?.folders ?? []) this.#leave(folder, identity);
  }

  close(): void {
    for (const identity of [...this.#services.keys()]) this.delete(identity);
  }

  #use(path: string, identity: Identity): void {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      folder = new WatchedFolder(path, () => this.#stir(path));
      this.#folders.set(path, folder);
    }
    folder.users.add(identity);
  }

  #leave(path: string, identity: Identity): void {
    const folder = this.#folders.get(path);
    folder?.users.delete(identity);
    if (folder?.users.size !== 0) return;
    folder.close();
    this.#folders.delete(path);
    this.#stirred.delete(path);
    if (this.#folders.size > 0) return;
    this.#cancelLook();
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
  }

  #stir(path: string): void {
    const now = this.#clock.now();
    if (this.#stirred.size === 0) this.#lookBefore = now + MOST_SETTLING * this.#limits.settleMs;
    this.#stirred.add(path);
    this.#cancelLook();
    this.#cancelLook = this.#clock.after(Math.min(this.#limits.settleMs, this.#lookBefore - now), () => {
      const stirred = [...this.#stirred];
      this.#stirred.clear();
      this.#lookInto(stirred);
    });
  }

  #poll(): void {
    this.#polls++;
    const all = this.#polls % POLLS_BETWEEN_ALL === 0;
    const paths = [...this.#folders].filter(([, folder]) => all || !folder.isWatched).map(([path]) => path);
    this.#cancelPoll = this.#clock.after(this.#limits.pollMs, () => this.#poll());
    this.#lookInto(paths);
  }

  #lookInto(paths: readonly string[]): void {
    const identities = new Set<Identity>();
    for (const path of paths) {
      const folder = this.#folders.get(path);
      folder?.renew();
      for (const identity of folder?.users ?? []) identities.add(identity);
    }
    this.#look(identities);
  }

  /** Tells which of the services have changed; each file is looked at once, however many use it. */
  #look(identities: Iterable<Identity>): void {
    const seen = new Map<string, string>();
    const stampOf = (path: string) => {
      const stamp = seen.get(path) ?? fileStamp(path);
      seen.set(path, stamp);
      return stamp;
    };
    const changed: Identity[] = [];
    for (const identity of identities) {
      const stamps = this.#services.get(identity)?.stamps;
      let differs = false;
      for (const [path, stamp] of stamps ?? []) {
        const now = stampOf(path);
        if (now === stamp) continue;
        stamps?.set(path, now);
        differs = true;
      }
      if (differs) changed.push(identity);
    }
    for (const identity of changed) this.#onChange(identity);
  }
}
