import { readSse, type ClientOptions } from '../../client/index.ts';
import { withDeadline } from '../../shared/abort.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { oneLine } from '../../shared/text.ts';
import { parseJson } from '../parse-json.ts';

/** The gateway writes a comment every 25 s: a longer silence means that the connection is dead. */
const SILENCE_MS = 60_000;

/** A request that was not taken because the gateway knows no such session (any more). */
export class SessionGone extends Error {}

/** The connection failed before anything was sent, or broke after it. */
export class LinkBroken extends Error {
  readonly sent: boolean;
  constructor(url: string, sent: boolean, cause: unknown) {
    const what = sent ? 'broke' : 'failed: is clarityd running there?';
    super(`the connection to ${url} ${what}`, { cause });
    this.sent = sent;
  }
}

/** What goes with every request of a session. */
export interface SessionHeaders {
  readonly sessionId?: string;
  readonly version?: string;
}

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly body?: string;
  readonly session: SessionHeaders;
  readonly lastEventId?: string | undefined;
  readonly signal: AbortSignal;
}

/** One endpoint of the gateway over HTTP: single exchanges, nothing kept. */
export class GatewayLink {
  readonly #connection: ClientOptions;
  readonly url: string;

  constructor(connection: ClientOptions, path: string) {
    this.#connection = connection;
    this.url = connection.url.replace(/\/+$/, '') + path;
  }

  /**
   * Resolves when the answer begins. Throws SessionGone, LinkBroken, or RpcError for another refusal, with the gateway's own code and words
   * where it gave them.
   */
  async open({ method, body, session, lastEventId, signal }: Exchange): Promise<Response> {
    const { token, fetch, clock } = this.#connection;
    const headers = {
      accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(session.sessionId === undefined ? {} : { 'mcp-session-id': session.sessionId }),
      ...(session.version === undefined ? {} : { 'mcp-protocol-version': session.version }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const init = { method, headers, redirect: 'error' as const, ...(body === undefined ? {} : { body }) };
    const response = await this.#told(
      signal,
      (error) => !isRefusedConnection(error),
      () =>
        withDeadline(clock, `${method} ${this.url}`, SILENCE_MS, signal, (own) =>
          fetch(this.url, { ...init, signal: own }),
        ),
    );
    if (response.ok) return response;
    const text = await this.#told(
      signal,
      () => true,
      () => response.text(),
    );
    throw response.status === 404 && session.sessionId !== undefined
      ? new SessionGone('the gateway does not know the session')
      : refusalIn(response.status, text);
  }

  /** Every message of an answer, JSON or stream, with the id of its event. Throws LinkBroken where it breaks off. */
  async *messages(
    response: Response,
    signal: AbortSignal,
  ): AsyncGenerator<{ json: string; id?: string | undefined }, void> {
    const { clock } = this.#connection;
    const bounded = <T>(next: () => Promise<T>) =>
      this.#told(
        signal,
        () => true,
        () => withDeadline(clock, 'the next message', SILENCE_MS, signal, next),
      );
    if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      if (response.body !== null) {
        for await (const { data, id } of readSse(response.body, bounded)) yield { json: data, id };
      }
      return;
    }
    const json = await bounded(() => response.text());
    if (json !== '') yield { json };
  }

  async #told<T>(signal: AbortSignal, wasSent: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw new LinkBroken(this.url, wasSent(error), error);
    }
  }
}

/** fetch hides what the system said in the causes of its TypeError. */
function isRefusedConnection(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown };
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH') return true;
    if (at instanceof AggregateError) return at.errors.every(isRefusedConnection);
  }
  return false;
}

function refusalIn(status: number, text: string): RpcError {
  const body = parseJson(text);
  const { error, message } = isJsonObject(body) ? body : ({} as JsonObject);
  if (isJsonObject(error) && typeof error.code === 'number' && typeof error.message === 'string')
    return new RpcError(error.code, error.message, error.data);
  const said = typeof error === 'string' ? error : typeof message === 'string' ? message : text;
  return new RpcError(RPC.unavailable, `the gateway answered ${String(status)}: ${oneLine(said, 500)}`, {
    sent: false,
  });
}
