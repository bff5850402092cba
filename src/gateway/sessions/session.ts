import { RPC, RpcError, type RpcId } from '../../shared/json-rpc.ts';
import type { ListName } from '../catalog/lists.ts';
import type { Scope } from '../scope.ts';
import type { MessageStreams } from '../streams/message-streams.ts';
import type { ProtocolVersion } from '../versions.ts';

/** What was agreed at initialize; never changes. */
export interface SessionTerms {
  /** Nobody else may use the session (mcp-gateway §1.7). */
  readonly principal: string;
  readonly scope: Scope;
  readonly protocolVersion: ProtocolVersion;
  /** The lists whose changes were promised to be announced. */
  readonly announced: ReadonlySet<ListName>;
}

/** One client's session: its terms, its calls in flight and its streams. */
export class Session {
  readonly id: string;
  readonly terms: SessionTerms;
  /** Calls in flight under the client's own ids, which are unique only here. */
  readonly calls = new Map<RpcId, AbortController>();
  readonly streams: MessageStreams;
  lastUsedMs: number;

  constructor(id: string, terms: SessionTerms, streams: MessageStreams, nowMs: number) {
    this.id = id;
    this.terms = terms;
    this.streams = streams;
    this.lastUsedMs = nowMs;
  }

  /** True while somebody is there: it cannot run out of time. */
  get busy(): boolean {
    return this.streams.readers > 0 || this.calls.size > 0;
  }

  /** Sends a notification on the standing stream; while nobody reads that, equal ones are one. */
  notify(json: string): void {
    this.streams.standing.sendOnce(json);
  }

  /** Ends the streams and every call in flight. */
  end(): void {
    this.streams.end();
    for (const call of this.calls.values())
      call.abort(new RpcError(RPC.unavailable, 'The session has ended', { sent: true }));
  }
}
