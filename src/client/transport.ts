import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { ApiError, NoDaemonError } from './errors.ts';

/** What a client is made of. */
export interface ClientOptions {
  /** `http://127.0.0.1:4707`; a path in front of the API is kept. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Milliseconds for a call that waits for nothing, 30000 where absent. */
  readonly timeoutMs?: number;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly query?: Query;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the daemon may take beside the ordinary deadline. */
  readonly waitMs?: number;
  /** A status that is an answer too. */
  readonly alsoFine?: number;
}

const TIMEOUT_MS = 30_000;

/** Sends one call and reads its answer. Every failure is an ApiError, a NoDaemonError, a DeadlineError or the signal's reason. */
export class Transport {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get url(): string {
    return this.#options.url;
  }

  /** The answer as JSON. `path` begins with a slash; its parts are escaped already. */
  async json<T>(path: string, call: Call = {}): Promise<T> {
    const deadlineMs = (this.#options.timeoutMs ?? TIMEOUT_MS) + (call.waitMs ?? 0);
    return withDeadline(this.clock, `${call.method ?? 'GET'} ${path}`, deadlineMs, call.signal, async (signal) => {
      const response = await this.open(path, { ...call, signal });
      const value = parse(await this.#told(response.text(), signal));
      if (!isJsonObject(value)) throw errorOf(response.status, undefined);
      return value as T;
    });
  }

  /** The response once it begins; an ApiError where it is no success. The caller keeps the time. */
  async open(path: string, { method = 'GET', query = {}, body, headers, signal, alsoFine }: Call): Promise<Response> {
    const { url, token, fetch } = this.#options;
    const target = new URL(url.replace(/\/+$/, '') + path);
    for (const [key, value] of Object.entries(query))
      if (value !== undefined) target.searchParams.set(key, String(value));
    const init: RequestInit = {
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      // The token is for this daemon alone.
      redirect: 'error',
    };
    const response = await this.#told(fetch(target, init), signal);
    if (response.ok || response.status === alsoFine) return response;
    throw errorOf(response.status, parse(await this.#told(response.text(), signal)));
  }

  /** fetch tells of a connection that failed or broke by a TypeError. */
  async #told<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error instanceof TypeError ? new NoDaemonError(this.url, error) : error;
    }
  }
}

/** The value of a JSON text; undefined where it is none. */
export function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function errorOf(status: number, body: Json | undefined): ApiError {
  const { error, code, details, patch } = isJsonObject(body) ? body : ({} as JsonObject);
  return new ApiError(status, {
    error: typeof error === 'string' ? error : `the answer (${String(status)}) is not one of a Clarity daemon`,
    code: typeof code === 'string' ? code : 'Internal',
    details: Array.isArray(details) ? (details as readonly Json[]) : [],
    ...(typeof patch === 'string' ? { patch } : {}),
  });
}
