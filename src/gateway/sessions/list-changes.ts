import type { GatewayView, Identity, Unsubscribe } from '../../reconcile/ports.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import type { ListName } from '../catalog/lists.ts';
import { scopeShows } from '../scope.ts';
import type { Session } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Lists that are announced; templates change with the resources. */
const ANNOUNCED = ['tools', 'resources', 'prompts'] as const satisfies readonly ListName[];

/** Tells sessions that a list they see has changed: once for all the changes within a moment (mcp-gateway §3.7). */
export class ListChanges {
  readonly #sessions: SessionRegistry;
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #unsubscribe: Unsubscribe;
  readonly #changed = new Map<Identity, Set<ListName>>();
  #cancel: Cancel | undefined;

  constructor(view: GatewayView, sessions: SessionRegistry, clock: Clock, delayMs: number) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#unsubscribe = view.onChange((change) =>
      this.#note(
        change.identity,
        ANNOUNCED.filter((list) => change[list]),
      ),
    );
  }

  close(): void {
    this.#unsubscribe();
    this.#cancel?.();
  }

  #note(identity: Identity, lists: readonly ListName[]): void {
    if (lists.length === 0) return;
    this.#changed.set(identity, new Set([...(this.#changed.get(identity) ?? []), ...lists]));
    this.#cancel ??= this.#clock.after(this.#delayMs, () => this.#tell());
  }

  #tell(): void {
    this.#cancel = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const session of this.#sessions.values()) tellSession(session, changed);
  }
}

function tellSession(session: Session, changed: readonly (readonly [Identity, ReadonlySet<ListName>])[]): void {
  const { scope, announced } = session.terms;
  for (const list of ANNOUNCED) {
    if (!announced.has(list)) continue;
    if (changed.some(([identity, lists]) => scopeShows(scope, identity) && lists.has(list)))
      session.notify(`{"jsonrpc":"2.0","method":"notifications/${list}/list_changed"}`);
  }
}
