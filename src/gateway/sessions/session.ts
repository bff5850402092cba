import type { Clock } from '../../shared/clock.ts';
import type { JsonObject } from '../../shared/json.ts';
import { RPC, RpcError, type RpcId } from '../../shared/json-rpc.ts';
import type { ListName } from '../catalog/lists.ts';
import type { Scope } from '../scope.ts';
import type { MessageStream } from '../streams/message-stream.ts';
import type { MessageStreams } from '../streams/message-streams.ts';
import type { ProtocolVersion } from '../versions.ts';
import type { AskLimits } from './client-requests.ts';
import { SessionClient } from './session-client.ts';

/** What was agreed at initialize; never changes. */
export interface SessionTerms {
  /** Nobody else may use the session (mcp-gateway §1.7). */
  readonly principal: string;
  readonly scope: Scope;
  readonly protocolVersion: ProtocolVersion;
  /** Name and version of the client as it gave them, for people to read: one line, printable. */
  readonly client?: string;
  /** The lists whose changes were promised to be announced. */
  readonly announced: ReadonlySet<ListName>;
  /** Of a toolset: what tools/list answered then (Catalog.revision). */
  readonly revision?: string;
  /** What of its client is relayed, from relayedCapabilities. */
  readonly capabilities: JsonObject;
}

export interface SessionParts {
  readonly id: string;
  readonly terms: SessionTerms;
  readonly streams: MessageStreams;
  readonly clock: Clock;
  readonly limits: AskLimits;
}

/** One client's session: its terms, its client, its calls in flight and its streams. */
export class Session {
  readonly id: string;
  readonly terms: SessionTerms;
  readonly client: SessionClient;
  /** Calls in flight under the client's own ids, which are unique only here. */
  readonly calls = new Map<RpcId, AbortController>();
  readonly streams: MessageStreams;
  lastUsedMs: number;

  constructor({ id, terms, streams, clock, limits }: SessionParts) {
    this.id = id;
    this.terms = terms;
    this.streams = streams;
    this.client = new SessionClient(terms.capabilities, (json) => sendNow(streams.standing, json), clock, limits);
    this.lastUsedMs = clock.now();
  }

  /** True while somebody is there: it cannot run out of time. */
  get busy(): boolean {
    return this.streams.readers > 0 || this.calls.size > 0;
  }

  /** Sends a notification on the standing stream; while nobody reads that, equal ones are one. */
  notify(json: string): void {
    this.streams.standing.sendOnce(json);
  }

  /** Ends the streams, every call in flight and whatever the client is asked. */
  end(): void {
    this.client.end();
    this.streams.end();
    for (const call of this.calls.values())
      call.abort(new RpcError(RPC.unavailable, 'The session has ended', { sent: true }));
  }
}

/** What a server asks or tells outside of a call is for a client that is there. */
function sendNow(stream: MessageStream, json: string): boolean {
  if (stream.hasReader) stream.send(json);
  return stream.hasReader;
}
