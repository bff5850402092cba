import { Agent, request, type Dispatcher } from 'undici';
import type { RemoteOrigin } from '../../manifest/index.ts';
import type { SecretResolver } from '../../reconcile/ports.ts';
import { resolveEntries } from '../secret-entries.ts';
import { networkError, notSent } from './errors.ts';
import { shownUrl } from './endpoint.ts';
import { readText } from './read-text.ts';
import { refusal } from './refusal.ts';

const CONNECT_MS = 10_000;
/** Connections beside those of requests: the standing stream, cancellations, replies. */
const SPARE_CONNECTIONS = 4;
/** How much of a refusal is read for its reason. */
const REFUSAL_BYTES = 64 * 1024;

export interface HttpReply {
  readonly contentType: string;
  readonly body: Dispatcher.ResponseData['body'];
  header(name: string): string | undefined;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  /** Lower-case names; they win over the manifest's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** HTTP for one instance: its own connections, its credentials on every request, no redirects. Deadlines are the callers' signals. */
export class HttpClient {
  readonly #agent: Agent;
  readonly #origin: RemoteOrigin;
  readonly #resolver: SecretResolver;
  readonly #redact: (text: string) => string;

  constructor(origin: RemoteOrigin, resolver: SecretResolver, redact: (text: string) => string) {
    this.#origin = origin;
    this.#resolver = resolver;
    this.#redact = redact;
    this.#agent = new Agent({
      connections: origin.maxConcurrency + SPARE_CONNECTIONS,
      connect: { timeout: CONNECT_MS },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Resolves with a 2xx reply whose body the caller must read or destroy. Rejects with RemoteError. */
  async send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpReply> {
    const credentials = await this.#credentials().catch((error: unknown) => {
      throw notSent(error);
    });
    let response: Dispatcher.ResponseData;
    try {
      const all = { ...credentials, ...headers };
      response = await request(url, { method, headers: all, body: body ?? null, signal, dispatcher: this.#agent });
    } catch (error) {
      throw networkError(error, shownUrl(url));
    }
    // Whoever reads the body hears of its errors; one that is dropped unread must not end the daemon.
    response.body.on('error', () => undefined);
    const header = (name: string) => [response.headers[name] ?? []].flat()[0];
    const { statusCode: status } = response;
    if (status >= 200 && status < 300)
      return { contentType: mediaType(header('content-type')), body: response.body, header };
    const text = await readText(response.body, REFUSAL_BYTES, shownUrl(url)).catch(() => ''); // only adds detail
    throw refusal({ url, status, location: header('location'), text, redact: this.#redact });
  }

  /** Closes every connection; what is under way fails. */
  async destroy(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Resolved anew each time: a rotated secret is used at once (original contract §11). */
  async #credentials(): Promise<Readonly<Record<string, string>>> {
    const values = await resolveEntries(this.#origin.headers, this.#resolver);
    const headers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
    const { authRef } = this.#origin;
    if (authRef === undefined) return headers;
    const auth = await this.#resolver.resolveHeader(authRef);
    return { ...headers, [auth.name.toLowerCase()]: auth.value };
  }
}

function mediaType(value: string | undefined): string {
  return (value ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
