import type { Readable } from 'node:stream';
import { Agent, request as send, type Dispatcher } from 'undici';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { PlainFailure } from '../plain-failure.ts';
import { allowedUrl } from './allowed.ts';
import { ACCEPTED_ENCODINGS, decoded } from './decoded.ts';
import { isRedirect, redirected, type HttpRequest } from './redirect.ts';
import { transportFailure } from './transport-failure.ts';

const CONNECT_MS = 10_000;
const MAX_REDIRECTS = 5;
/** Idle connections go after this time, whatever the server says; undici does not let them keep the process. */
const IDLE_MS = 4000;

export interface WebReply {
  readonly status: number;
  /** Lower case, without parameters; empty where it says none. */
  readonly mediaType: string;
  /** Of the last hop. */
  readonly url: URL;
  /** By lower-case name; empty where there is none. */
  readonly header: (name: string) => string;
  /** Without its content-encoding; the caller must read or destroy it. */
  readonly body: Readable;
}

/** HTTP for wasm services: their grants are asked at each hop. Holds no connection that is not used. */
export class WebClient {
  readonly #agent: Agent;
  readonly #userAgent: string;

  /** `connections`: to one origin, by all services together. */
  constructor(version: string, connections: number) {
    this.#userAgent = `clarity-runtime/${version}`;
    this.#agent = new Agent({
      connections,
      connect: { timeout: CONNECT_MS },
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** The answer of whatever status, after at most 5 redirects. Deadlines are the caller's signal, for the body too. Throws PlainFailure. */
  async ask(first: HttpRequest, program: Program, signal: AbortSignal): Promise<WebReply> {
    let request = first;
    for (let hops = 0; ; hops += 1) {
      const { statusCode: status, headers, body } = await this.#send(request, signal);
      // Whoever reads the body hears of its errors; one that is dropped unread must not end the daemon.
      body.on('error', () => undefined);
      const header = (name: string) => [headers[name] ?? []].flat()[0] ?? '';
      const location = header('location');
      if (isRedirect(status) && location !== '') {
        body.destroy();
        const { url } = request;
        if (hops === MAX_REDIRECTS)
          throw new PlainFailure(`${oneLine(first.url.host)} redirects more than ${MAX_REDIRECTS} times.`);
        request = redirected(request, status, allowedUrl(location, program, url));
        continue;
      }
      const mediaType = (header('content-type').split(';')[0] ?? '').trim().toLowerCase();
      const bare = request.method === 'HEAD' || status === 204 || status === 304;
      const read = bare ? body : open(body, header('content-encoding'));
      return { status, mediaType, url: request.url, header, body: read };
    }
  }

  async #send({ method, url, headers, body }: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const all = { accept: '*/*', 'accept-encoding': ACCEPTED_ENCODINGS, 'user-agent': this.#userAgent, ...headers };
    try {
      const options = { headers: all, body: body ?? null, signal, dispatcher: this.#agent };
      return await send(url, { ...options, method });
    } catch (error) {
      throw signal.aborted ? error : transportFailure(error, url);
    }
  }
}

function open(body: Readable, encoding: string): Readable {
  try {
    return decoded(body, encoding);
  } catch (error) {
    body.destroy();
    throw error;
  }
}
