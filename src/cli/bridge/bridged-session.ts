import type { Clock } from '../../shared/clock.ts';
import { withDeadline } from '../../shared/abort.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { classifyMessage, RPC, RpcError, type RpcMessage } from '../../shared/json-rpc.ts';
import { pause } from '../../shared/pause.ts';
import { parseJson } from '../parse-json.ts';
import { LinkBroken, SessionGone, type GatewayLink, type SessionHeaders } from './gateway-link.ts';
import { StandingState } from './standing-state.ts';

/** How long a message waits for a daemon that is not there: a restart takes a second or two. */
const PATIENCE_MS = 30_000;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2000;
const DELETE_MS = 1000;
/** Of the messages that open a session anew: nobody waits for their answers. */
const OPENING_ID = 'clarity-bridge';

/** These change nothing: one whose answer was lost is asked again. */
const HARMLESS = new Set([
  'ping',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/get',
  'completion/complete',
]);

export interface SessionOptions {
  readonly link: GatewayLink;
  readonly clock: Clock;
  /** Takes every message of the gateway; resolves when it may go on. */
  readonly deliver: (json: string) => Promise<void>;
  /** A line for a person. */
  readonly warn: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The client's one session, kept alive over as many sessions of the gateway as it takes. */
export class BridgedSession {
  readonly #options: SessionOptions;
  readonly #state = new StandingState();
  #headers: SessionHeaders = {};
  #opening: Promise<unknown> = Promise.resolve();
  #renewal: Promise<void> | undefined;
  #listens = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Sends one message and delivers what answers it. Rejects with RpcError (data.sent where it did not get through), or the signal's reason. */
  async post(text: string, message: RpcMessage): Promise<void> {
    const method = 'method' in message ? message.method : undefined;
    if (method === 'initialize') {
      this.#opening = this.#patiently(false, () => this.#initialize(text));
      await this.#opening;
      return;
    }
    // What was written before the answer to initialize still belongs to its session.
    await this.#opening.catch(() => undefined);
    await this.#patiently(HARMLESS.has(method ?? ''), () => this.#exchange(text, message));
    this.#state.note(text, message);
    if (method === 'notifications/initialized') this.#listen();
  }

  /** Tells the gateway that the client has gone. */
  async end(): Promise<void> {
    if (this.#headers.sessionId === undefined) return;
    const { link, clock } = this.#options;
    const session = this.#headers;
    this.#headers = {};
    const idle = new AbortController();
    try {
      await withDeadline(clock, 'DELETE of the session', DELETE_MS, undefined, () =>
        link.open({ method: 'DELETE', session, signal: idle.signal }),
      );
    } catch {
      idle.abort(); // a daemon that is gone has no session either
    }
  }

  async #initialize(text: string): Promise<void> {
    this.#state.reset(text);
    this.#headers = await this.#open(text, (json) => this.#options.deliver(json));
  }

  /** Sends an initialize; the headers of the session that it opened. */
  async #open(text: string, answered: (json: string) => Promise<void>): Promise<SessionHeaders> {
    const { link, signal } = this.#options;
    const response = await link.open({ method: 'POST', body: text, session: {}, signal });
    const sessionId = response.headers.get('mcp-session-id') ?? undefined;
    let version: string | undefined;
    for await (const { json } of link.messages(response, signal)) {
      version = versionIn(json) ?? version;
      await answered(json);
    }
    return { ...(sessionId === undefined ? {} : { sessionId }), ...(version === undefined ? {} : { version }) };
  }

  async #exchange(text: string, message: RpcMessage): Promise<void> {
    const used = this.#headers;
    try {
      await this.#send(text, used);
    } catch (error) {
      if (!(error instanceof SessionGone)) throw error;
      await this.#renew(used);
      // Once: the refusal says that it was not taken. An answer to a server of the old session has nobody to go to.
      if ('method' in message) await this.#send(text, this.#headers);
    }
  }

  async #send(body: string, session: SessionHeaders): Promise<void> {
    const { link, signal, deliver } = this.#options;
    const response = await link.open({ method: 'POST', body, session, signal });
    for await (const { json } of link.messages(response, signal)) if (json !== '') await deliver(json);
  }

  /** Tries again while the daemon is away; a request that may have run only where that does no harm. */
  async #patiently(harmless: boolean, work: () => Promise<void>): Promise<void> {
    const { clock, signal, warn } = this.#options;
    const until = clock.now() + PATIENCE_MS;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(MAX_DELAY_MS, delayMs * 2)) {
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof LinkBroken)) throw error;
        if ((error.sent && !harmless) || clock.now() + delayMs > until)
          throw new RpcError(RPC.unavailable, error.message, { sent: error.sent }, { cause: error });
        if (delayMs === FIRST_DELAY_MS) warn(`${error.message}; trying again`);
      }
      await pause(clock, delayMs, signal);
      signal.throwIfAborted();
    }
  }

  /** Another session in place of the one that was used, opened once however many messages found it gone. */
  async #renew(used: SessionHeaders): Promise<void> {
    if (this.#headers !== used) return;
    this.#renewal ??= this.#reopen().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  async #reopen(): Promise<void> {
    const { link, signal, deliver, warn } = this.#options;
    const opening = this.#state.opening(OPENING_ID);
    if (opening === undefined)
      throw new RpcError(RPC.invalidRequest, 'The session has ended; send initialize', { sent: false });
    let answer: JsonObject = {};
    const session = await this.#open(opening, (json) => {
      answer = resultIn(json) ?? answer;
      return Promise.resolve();
    });
    for (const body of this.#state.replay(OPENING_ID)) {
      const response = await link.open({ method: 'POST', body, session, signal });
      await response.body?.cancel();
    }
    this.#headers = session;
    warn('the gateway had forgotten the session: another was opened');
    const { capabilities } = answer;
    for (const list of ['tools', 'resources', 'prompts'])
      if (isJsonObject(capabilities) && list in capabilities)
        await deliver(`{"jsonrpc":"2.0","method":"notifications/${list}/list_changed"}`);
  }

  /** Follows the session's own stream for as long as the bridge lives. */
  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    void this.#follow();
  }

  async #follow(): Promise<void> {
    const { clock, signal, warn } = this.#options;
    let delayMs = FIRST_DELAY_MS;
    const heard = () => {
      delayMs = FIRST_DELAY_MS;
    };
    while (!isOver(signal)) {
      const used = this.#headers;
      try {
        await this.#read(used, heard);
      } catch (error) {
        if (isOver(signal)) return;
        if (error instanceof SessionGone) await this.#renew(used).catch(() => undefined);
        else if (!(error instanceof LinkBroken)) {
          warn(`messages of the gateway's own are not heard: ${String(error)}`);
          return;
        }
      }
      await pause(clock, delayMs, signal);
      delayMs = Math.min(MAX_DELAY_MS, delayMs * 2);
    }
  }

  /** Reads the standing stream until it ends; where it had ids it is taken up where it broke. */
  async #read(session: SessionHeaders, heard: () => void): Promise<void> {
    const { link, signal, deliver } = this.#options;
    const lastEventId = this.#state.lastEventIdOf(session);
    const response = await link.open({ method: 'GET', session, lastEventId, signal });
    for await (const { json, id } of link.messages(response, signal)) {
      heard();
      this.#state.noteEvent(session, id);
      if (json !== '') await deliver(json);
    }
  }
}

/** Asked again after an await: it may have fired meanwhile. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

function resultIn(json: string): JsonObject | undefined {
  const message = classifyMessage(parseJson(json));
  return message?.kind === 'response' && 'result' in message.message ? message.message.result : undefined;
}

function versionIn(json: string): string | undefined {
  const version = resultIn(json)?.protocolVersion;
  return typeof version === 'string' ? version : undefined;
}
