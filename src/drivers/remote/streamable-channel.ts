import { aborted, withDeadline } from '../../shared/abort.ts';
import { errorMessage } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { RpcError, type RpcMessage, type RpcRequest } from '../../shared/json-rpc.ts';
import { traceContext, type TraceContext } from '../../shared/trace-context.ts';
import type { Channel, ChannelListener } from '../channel.ts';
import { shownUrl } from './endpoint.ts';
import { brokenProtocol, RemoteError } from './errors.ts';
import { postMessage, type RemoteLink } from './post.ts';
import { isAnswer, type Deliver } from './reply.ts';
import { followServerStream } from './server-stream.ts';

const DELETE_MS = 1000;
const MAX_DELETE_REPLY_BYTES = 64 * 1024;

/** What initialize has agreed on: goes into the headers of everything after it. */
interface Agreed {
  readonly sessionId?: string;
  readonly version?: string;
  /** The lists that the server has; they may differ in the next session. */
  readonly lists: readonly string[];
}

/**
 * MCP over Streamable HTTP (mcp-gateway §1, §2.5): one POST a message, answers as JSON or as a stream, a session where the server
 * gives one, another session where the old one is gone, a standing stream for what the server says unasked.
 */
export class StreamableChannel implements Channel {
  readonly #link: RemoteLink;
  readonly #closing = new AbortController();
  #listener: ChannelListener | undefined;
  /** Kept to open another session with. */
  #initialize: RpcRequest | undefined;
  #agreed: Agreed = { lists: [] };
  #renewal: Promise<void> | undefined;
  #serverStream: AbortController | undefined;

  constructor(link: RemoteLink) {
    this.#link = link;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  async send(message: RpcMessage, signal: AbortSignal): Promise<void> {
    if ('method' in message && 'id' in message && message.method === 'initialize') {
      this.#initialize = message;
      await this.#open(message, signal, (agreed, answer) => {
        this.#agreed = agreed;
        this.#deliver(answer);
      });
      return;
    }
    const used = this.#agreed;
    const during = 'method' in message && 'id' in message ? message.id : undefined;
    const deliver: Deliver = (value) => this.#listener?.message(value, during);
    const post = { message, signal, deliver };
    try {
      await postMessage(this.#link, { ...post, headers: { ...headersOf(used), ...traceOf(message) } });
    } catch (error) {
      if (used.sessionId === undefined || !isSessionGone(error)) throw asAnswer(error, message);
      await this.#renew(used, signal);
      // Once: the refusal says that it was not processed.
      await postMessage(this.#link, { ...post, headers: { ...headersOf(this.#agreed), ...traceOf(message) } });
    }
  }

  /** Listens to what the server says unasked; to be called after the handshake. */
  openServerStream(): void {
    this.#serverStream?.abort();
    this.#serverStream = new AbortController();
    void followServerStream(this.#link, headersOf(this.#agreed), this.#deliver, this.#serverStream.signal);
  }

  /** Ends the session with a word to the server, for which it gets a second. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#serverStream?.abort();
    this.#listener?.closed('the connection was closed');
    const { clock, http, url, log } = this.#link;
    if (this.#agreed.sessionId === undefined) return;
    const headers = headersOf(this.#agreed);
    try {
      await withDeadline(clock, 'DELETE of the session', DELETE_MS, undefined, async (signal) => {
        const reply = await http.send({ method: 'DELETE', url, headers, signal });
        await reply.body.dump({ limit: MAX_DELETE_REPLY_BYTES, signal });
      });
    } catch (error) {
      if (!(error instanceof RemoteError && error.status === 405))
        log(`the session was not ended: ${errorMessage(error)}`);
    }
  }

  readonly #deliver: Deliver = (value) => this.#listener?.message(value);

  /** Sends initialize and hands over what was agreed, with the answer, as soon as it comes. */
  async #open(
    message: RpcRequest,
    signal: AbortSignal,
    onAnswer: (agreed: Agreed, answer: unknown) => void,
  ): Promise<void> {
    let sessionId: string | undefined;
    await postMessage(this.#link, {
      message,
      headers: {},
      signal,
      onReply: (reply) => {
        sessionId = reply.header('mcp-session-id');
        if (sessionId !== undefined && !/^[\x21-\x7e]{1,1024}$/.test(sessionId))
          throw brokenProtocol(shownUrl(this.#link.url), 'gave a session id that no header may carry');
      },
      deliver: (value) => {
        if (isAnswer(value, message.id)) onAnswer(agreedIn(value, sessionId), value);
        else this.#deliver(value);
      },
    });
  }

  /** Another session in place of the one that was used, made once however many requests found it gone. */
  async #renew(used: Agreed, signal: AbortSignal): Promise<void> {
    if (this.#agreed !== used) return;
    this.#renewal ??= this.#reopen().finally(() => {
      this.#renewal = undefined;
    });
    await Promise.race([this.#renewal, aborted(signal)]);
  }

  async #reopen(): Promise<void> {
    const { clock, timeoutMs, log } = this.#link;
    const initialize = this.#initialize;
    if (initialize === undefined) return;
    const what = 'opening another session';
    const shown = shownUrl(this.#link.url);
    const agreed = await withDeadline(clock, what, timeoutMs, this.#closing.signal, async (signal) => {
      let next: Agreed = { lists: [] };
      await this.#open(initialize, signal, (answered) => {
        next = answered;
      });
      if (next.version === undefined) throw brokenProtocol(shown, 'refused to open another session');
      const message = { jsonrpc: '2.0', method: 'notifications/initialized' } as const;
      await postMessage(this.#link, { message, headers: headersOf(next), signal, deliver: () => undefined });
      return next;
    });
    this.#agreed = agreed;
    log('the server had forgotten our session: another was opened');
    this.openServerStream();
    this.#listener?.renewed();
    // A server that lost its sessions has often been replaced: what it lists is to be read anew.
    for (const kind of agreed.lists) this.#deliver({ jsonrpc: '2.0', method: `notifications/${kind}/list_changed` });
  }
}

function agreedIn(answer: unknown, sessionId: string | undefined): Agreed {
  const result = isJsonObject(answer) && isJsonObject(answer.result) ? answer.result : {};
  const { protocolVersion, capabilities } = result;
  return {
    lists: ['tools', 'resources', 'prompts'].filter((kind) => isJsonObject(capabilities) && kind in capabilities),
    ...(typeof protocolVersion === 'string' ? { version: protocolVersion } : {}),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

function headersOf({ sessionId, version }: Agreed): Readonly<Record<string, string>> {
  return {
    ...(sessionId === undefined ? {} : { 'mcp-session-id': sessionId }),
    ...(version === undefined ? {} : { 'mcp-protocol-version': version }),
  };
}

/** Also as headers, for servers that trace on the level of HTTP. */
function traceOf(message: RpcMessage): TraceContext {
  const meta = 'method' in message ? message.params?._meta : undefined;
  return isJsonObject(meta) ? traceContext(meta) : {};
}

/** 404 by the specification; several servers, the reference one among them, say 400 and mean it. */
function isSessionGone(error: unknown): boolean {
  if (!(error instanceof RemoteError)) return false;
  return error.status === 404 || (error.status === 400 && /session/i.test(error.message));
}

/** Some servers send an error response with a 4xx: it is the answer, with its code and data. */
function asAnswer(error: unknown, message: RpcMessage): unknown {
  const response = error instanceof RemoteError ? error.response : undefined;
  if (response === undefined || !('id' in message) || response.id !== message.id) return error;
  return new RpcError(response.error.code, response.error.message, response.error.data, { cause: error });
}
