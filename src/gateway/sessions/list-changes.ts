import type { GatewayView, Identity, Unsubscribe } from '../../reconcile/ports.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import type { ClientCatalogs } from '../catalog/client-catalogs.ts';
import type { ListName } from '../catalog/lists.ts';
import { scopeShows } from '../scope.ts';
import type { Session } from './session.ts';
import type { SessionRegistry } from './session-registry.ts';

export interface ListChangesDeps {
  readonly view: GatewayView;
  /** Told of every change before this is. */
  readonly catalogs: ClientCatalogs;
  readonly sessions: SessionRegistry;
  readonly clock: Clock;
  /** Changes within this time are told once. */
  readonly delayMs: number;
}

/** Lists that are announced; templates change with the resources. */
const ANNOUNCED = ['tools', 'resources', 'prompts'] as const satisfies readonly ListName[];

/** Tells sessions that a list they see has changed: once for all the changes within a moment (mcp-gateway §3.7). */
export class ListChanges {
  readonly #deps: ListChangesDeps;
  readonly #unsubscribe: readonly Unsubscribe[];
  readonly #changed = new Map<Identity, Set<ListName>>();
  /** What a session of a toolset was told of last: much of what changes is not of its choice. */
  readonly #told = new WeakMap<Session, string>();
  /** Sessions to which services offer something else now, beside what has changed for everybody. */
  readonly #offered = new Map<Session, Set<ListName>>();
  #cancel: Cancel | undefined;

  constructor(deps: ListChangesDeps) {
    this.#deps = deps;
    this.#unsubscribe = [
      deps.view.onChange((change) =>
        this.#note(
          change.identity,
          ANNOUNCED.filter((list) => change[list]),
        ),
      ),
      deps.view.onToolset(() => this.#arm()),
      deps.view.onOffer((change) => this.#noteOffer(change)),
    ];
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#cancel?.();
  }

  #note(identity: Identity, lists: readonly ListName[]): void {
    if (lists.length === 0) return;
    this.#changed.set(identity, new Set([...(this.#changed.get(identity) ?? []), ...lists]));
    this.#arm();
  }

  /** Whoever waits for the list gets it as it is now. */
  #noteOffer({ identity, capabilityKey, ...changed }: Parameters<Parameters<GatewayView['onOffer']>[0]>[0]): void {
    const lists = ANNOUNCED.filter((list) => changed[list]);
    if (lists.length === 0) return;
    const { catalogs, sessions, view } = this.#deps;
    for (const session of sessions.values()) {
      const { client, terms } = session;
      if (client.capabilityKey !== capabilityKey || !scopeShows(terms.scope, identity, view)) continue;
      if (catalogs.isWaiting(client)) continue;
      this.#offered.set(session, new Set([...(this.#offered.get(session) ?? []), ...lists]));
      this.#arm();
    }
  }

  #arm(): void {
    this.#cancel ??= this.#deps.clock.after(this.#deps.delayMs, () => this.#tell());
  }

  #tell(): void {
    this.#cancel = undefined;
    const changed = [...this.#changed];
    const offered = new Map(this.#offered);
    this.#changed.clear();
    this.#offered.clear();
    for (const session of this.#deps.sessions.values())
      if (session.terms.scope.kind === 'toolset') this.#tellOfToolset(session);
      else this.#tellOfServices(session, changed, offered.get(session));
  }

  #tellOfServices(
    session: Session,
    changed: readonly (readonly [Identity, ReadonlySet<ListName>])[],
    offered: ReadonlySet<ListName> | undefined,
  ): void {
    const { scope, announced } = session.terms;
    for (const list of ANNOUNCED) {
      if (!announced.has(list)) continue;
      const isForAll = () =>
        changed.some(([identity, lists]) => scopeShows(scope, identity, this.#deps.view) && lists.has(list));
      if (offered?.has(list) === true || isForAll()) session.notify(listChanged(list));
    }
  }

  #tellOfToolset(session: Session): void {
    const revision = this.#deps.catalogs.of(session.terms.scope, session.client.capabilityKey)?.revision;
    if (revision === undefined || revision === (this.#told.get(session) ?? session.terms.revision)) return;
    this.#told.set(session, revision);
    session.notify(listChanged('tools'));
  }
}

function listChanged(list: ListName): string {
  return `{"jsonrpc":"2.0","method":"notifications/${list}/list_changed"}`;
}
