import type { Caller, InterfaceSnapshot, Upstream, UpstreamConnection } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { introspect } from '../../src/controller/introspect.ts';
import { systemClock } from './clock.ts';
import { fakeUpstream } from './fake-upstream.ts';

/** A service that lists tools by what its client declared; the test says which, and when the lists come. */
export class OfferingService {
  /** By capability key; what is not here is offered what everybody is. */
  readonly tools: Record<string, readonly string[]> = { '': ['common'] };
  /** For whom a connection was asked for, and for whom tools were listed, oldest first. */
  readonly connected: Caller[] = [];
  readonly listed: string[] = [];
  /** Calls of tools: the name, and whose they were. */
  readonly called: [tool: unknown, caller: Caller | undefined][] = [];
  readonly upstream: Upstream;
  /** While set, a connection opens when this resolves. */
  opening: Promise<void> | undefined;
  readonly #listeners = new Set<(capabilityKey: string, connection: UpstreamConnection) => void>();

  constructor(identity: string, runHash = 'one') {
    const ref = { identity, runHash, id: runHash };
    this.upstream = {
      ...fakeUpstream(identity, (_method, params, { caller }) => {
        this.called.push([params.name, caller]);
        return Promise.resolve({ content: [] });
      }),
      ref,
      connectionFor: async (caller) => {
        this.connected.push(caller);
        await this.opening;
        return this.#connection(caller.client.capabilityKey);
      },
      onClientListChanged: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  /** What everybody is offered. */
  base(): Promise<InterfaceSnapshot> {
    return introspect(this.#connection(''), systemClock, 1000, new AbortController().signal);
  }

  #connection(capabilityKey: string): UpstreamConnection {
    return {
      server: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: {} },
      request: () => {
        if (capabilityKey !== '') this.listed.push(capabilityKey);
        return Promise.resolve({ tools: this.#definitions(capabilityKey) });
      },
    };
  }

  /** The tools of clients with these capabilities are others now, and the server says so over a connection of theirs. */
  change(capabilityKey: string, tools: readonly string[]): void {
    this.tools[capabilityKey] = tools;
    for (const listener of this.#listeners) listener(capabilityKey, this.#connection(capabilityKey));
  }

  #definitions(capabilityKey: string): readonly JsonObject[] {
    const names = this.tools[capabilityKey] ?? this.tools[''] ?? [];
    return names.map((name) => ({ name, inputSchema: { type: 'object' } }));
  }
}

/** As `relayedCapabilities` orders them. */
export const ABLE = { elicitation: {}, roots: {}, sampling: {} };
export const ABLE_KEY = JSON.stringify(ABLE);
