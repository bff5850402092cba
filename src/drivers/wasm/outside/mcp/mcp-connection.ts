import type { Clock } from '../../../../shared/clock.ts';
import { isJsonObject, type JsonObject } from '../../../../shared/json.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { Bell } from '../bell.ts';
import { isSuccess, MAX_MIB } from '../http/ask-json.ts';
import { readText } from '../http/read-text.ts';
import type { WebClient, WebReply } from '../http/web-client.ts';
import { inTime } from '../in-time.ts';
import { parseObject } from '../parse-object.ts';
import { PlainFailure } from '../plain-failure.ts';
import { EventStream } from '../sse/event-stream.ts';

/** For each message and its whole answer. */
const TIMEOUT_MS = 20_000;
const GOODBYE_MS = 5000;

export interface McpConnectionDeps {
  readonly clock: Clock;
  readonly web: WebClient;
}

/** JSON-RPC over Streamable HTTP: posts messages, and reads answers as JSON or out of an event stream. */
export class McpConnection {
  /** Who answers, for people. */
  readonly host: string;
  readonly #deps: McpConnectionDeps;
  readonly #url: URL;
  readonly #program: Program;
  #headers: Readonly<Record<string, string>> = {};
  #session: string | undefined;
  #lastId = 0;

  constructor(deps: McpConnectionDeps, url: URL, program: Program) {
    this.#deps = deps;
    this.#url = url;
    this.#program = program;
    this.host = oneLine(url.host);
  }

  /** The version that holds from now on, in the session that the server gave, if any. */
  agree(version: string): void {
    this.#headers = {
      ...(/^[\w.-]{1,32}$/.test(version) ? { 'mcp-protocol-version': version } : {}),
      ...(this.#session === undefined ? {} : { 'mcp-session-id': this.#session }),
    };
  }

  /** The response: it has a result or an error. A status outside of 2xx is an error, too. Throws PlainFailure where there is no response. */
  async request(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    this.#lastId += 1;
    const id = this.#lastId;
    return this.#post({ jsonrpc: '2.0', id, method, params }, signal, async (reply, inner) => {
      if (method === 'initialize') this.#session = sessionIn(reply);
      if (!isSuccess(reply.status)) return refusalIn(reply.status, await readText(reply, MAX_MIB, inner));
      if (reply.mediaType === 'text/event-stream') return this.#answerIn(reply, id, inner);
      const answer = parseObject(await readText(reply, MAX_MIB, inner));
      if (answer === undefined) throw new PlainFailure(`${this.host} answered with something that is no JSON object.`);
      return answer;
    });
  }

  /** Resolves when the server has it, whatever it thinks of it. */
  async notify(method: string, signal: AbortSignal): Promise<void> {
    await this.#post({ jsonrpc: '2.0', method }, signal, (reply, inner) => readText(reply, MAX_MIB, inner));
  }

  /** Ends the server's session, if there is one, without waiting: the call that it belonged to is over. */
  close(): void {
    if (this.#session === undefined) return;
    this.#session = undefined;
    const end = new AbortController();
    const cancel = this.#deps.clock.after(GOODBYE_MS, () => end.abort());
    const goodbye = { method: 'DELETE', url: this.#url, headers: this.#headers };
    // Servers forget sessions by themselves, too: nobody has to hear that this one did not listen.
    void this.#deps.web
      .ask(goodbye, this.#program, end.signal)
      .then(
        ({ body }) => void body.destroy(),
        () => undefined,
      )
      .finally(cancel);
  }

  async #post<T>(
    message: JsonObject,
    signal: AbortSignal,
    read: (reply: WebReply, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { clock, web } = this.#deps;
    const headers = {
      ...this.#headers,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    const request = { method: 'POST', url: this.#url, headers, body: JSON.stringify(message) };
    return inTime({ clock, who: this.host, ms: TIMEOUT_MS, signal }, async (inner) =>
      read(await web.ask(request, this.#program, inner), inner),
    );
  }

  /** Reads to the answer; what the server says beside it (progress, requests of its own) has nobody to hear it. */
  async #answerIn(reply: WebReply, id: number, signal: AbortSignal): Promise<JsonObject> {
    const events = new EventStream(() => Promise.resolve(reply), new Bell());
    try {
      for (;;) {
        const data = await events.next({ clock: this.#deps.clock, ms: BigInt(TIMEOUT_MS), signal });
        if (data === undefined)
          throw new PlainFailure(events.failure ?? `${this.host} ended its reply before the answer.`);
        const message = parseObject(data);
        if (message?.id === id && message.method === undefined) return message;
      }
    } finally {
      events.close();
      reply.body.destroy();
    }
  }
}

function sessionIn(reply: WebReply): string | undefined {
  const id = reply.header('mcp-session-id');
  return /^[\x21-\x7e]{1,1024}$/.test(id) ? id : undefined;
}

function refusalIn(status: number, text: string): JsonObject {
  const error = parseObject(text)?.error;
  return { error: isJsonObject(error) ? error : { message: `it answered with HTTP ${status}` } };
}
