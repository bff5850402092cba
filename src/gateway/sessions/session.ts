import { RPC, RpcError, type RpcId } from '../../shared/json-rpc.ts';
import type { SseStream } from '../http/sse-stream.ts';
import type { ListName } from '../catalog/lists.ts';
import type { Scope } from '../scope.ts';
import type { ProtocolVersion } from '../versions.ts';

/** What was agreed at initialize; never changes. */
export interface SessionTerms {
  /** Nobody else may use the session (mcp-gateway §1.7). */
  readonly principal: string;
  readonly scope: Scope;
  readonly protocolVersion: ProtocolVersion;
  /** The lists whose changes were promised to be announced. */
  readonly announced: ReadonlySet<ListName>;
  /** Of a toolset: what tools/list answered then (Catalog.revision). */
  readonly revision?: string;
}

/** One client's session: its terms, its calls in flight and its standalone stream. */
export class Session {
  readonly id: string;
  readonly terms: SessionTerms;
  /** Calls in flight under the client's own ids, which are unique only here. */
  readonly calls = new Map<RpcId, AbortController>();
  lastUsedMs: number;
  #stream: SseStream | undefined;
  /** Notifications for a stream that is not there yet; equal ones are one, so it is as long as there are kinds. */
  readonly #waiting = new Set<string>();

  constructor(id: string, terms: SessionTerms, nowMs: number) {
    this.id = id;
    this.terms = terms;
    this.lastUsedMs = nowMs;
  }

  get hasStream(): boolean {
    return this.#stream !== undefined;
  }

  /** True while somebody is there: it cannot run out of time. */
  get busy(): boolean {
    return this.hasStream || this.calls.size > 0;
  }

  /** Makes the stream the session's own and sends what waited for it. */
  attach(stream: SseStream): void {
    this.#stream = stream;
    for (const json of this.#waiting) this.notify(json);
  }

  /** The stream has closed: from now on the session is idle. */
  detach(nowMs: number): void {
    this.#stream = undefined;
    this.lastUsedMs = nowMs;
  }

  /** Sends a notification on the standalone stream, or keeps it for the next one. */
  notify(json: string): void {
    if (this.#stream?.send(json) === true) this.#waiting.delete(json);
    else this.#waiting.add(json);
  }

  /** Ends the stream and every call in flight. */
  end(): void {
    this.#stream?.end();
    for (const call of this.calls.values())
      call.abort(new RpcError(RPC.unavailable, 'The session has ended', { sent: true }));
  }
}
