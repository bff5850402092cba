import type { Desired, EventSink, InterfaceSnapshot, StatusStore } from '../reconcile/ports.ts';
import { errorMessage } from '../shared/errors.ts';
import { announceInterface } from './announce-interface.ts';
import type { Entry } from './entry.ts';

/** What services advertise, over restarts of the daemon: the store keeps the last reading of each. */
export class KeptInterfaces {
  readonly #store: Pick<StatusStore, 'loadInterface' | 'saveInterface'>;
  readonly #events: EventSink;

  constructor(store: Pick<StatusStore, 'loadInterface' | 'saveInterface'>, events: EventSink) {
    this.#store = store;
    this.#events = events;
  }

  /** Gives a service on demand the interface that was read of what it runs now: it may sleep without having been started once. */
  recall(entry: Entry, { manifest, runHash }: Desired): void {
    const { row } = entry;
    if (manifest.spec.activation.mode !== 'onDemand' || entry.interface !== undefined) return;
    const kept = this.#store.loadInterface(row.identity);
    if (kept?.runHash !== runHash) return;
    entry.interface = kept.snapshot;
    entry.keptInterface = { runHash, revision: kept.snapshot.revision };
    entry.row = { ...row, memory: { ...row.memory, known: { runHash } } };
  }

  /** Takes in what an instance of `runHash` advertises: says what is new since the last reading, be it an earlier daemon's, and keeps it. */
  read(entry: Entry, runHash: string, snapshot: InterfaceSnapshot): void {
    const { identity } = entry.row;
    const before = entry.interface ?? this.#store.loadInterface(identity)?.snapshot;
    announceInterface(this.#events, identity, before, snapshot);
    entry.interface = snapshot;
    const { revision } = snapshot;
    if (entry.keptInterface?.runHash === runHash && entry.keptInterface.revision === revision) return;
    entry.keptInterface = { runHash, revision };
    this.#store.saveInterface(identity, { runHash, snapshot }).catch((error: unknown) => {
      delete entry.keptInterface;
      const message = `its interface was not stored: ${errorMessage(error)}`;
      this.#events.emit({ kind: 'store.failed', level: 'error', identity, reason: 'Internal', message });
    });
  }
}
