import type { RemoteOrigin } from '../../manifest/index.ts';
import type { Connection } from '../connection.ts';
import type { Gate } from '../gate.ts';
import { handshake } from '../handshake.ts';
import type { Represented } from '../represented.ts';
import { Session } from '../session.ts';
import { RemoteError } from './errors.ts';
import { LegacyChannel } from './legacy-channel.ts';
import type { RemoteLink } from './post.ts';
import { StreamableChannel } from './streamable-channel.ts';

/** Answers to initialize that may mean a server of the old transport (mcp-gateway §2.1). */
const MAYBE_LEGACY = [400, 404, 405];

export interface RemoteConnectionOptions {
  /** Of this package. */
  readonly version: string;
  readonly transport: RemoteOrigin['transport'];
  /** Its own: ended with it. */
  readonly link: RemoteLink;
  readonly gate: Gate;
  readonly represented: Represented;
}

/** One MCP session with a remote, whichever transport it comes to. */
export class RemoteConnection {
  readonly #options: RemoteConnectionOptions;
  #channel: StreamableChannel | LegacyChannel | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: RemoteConnectionOptions) {
    this.#options = options;
  }

  async open(signal: AbortSignal): Promise<Connection> {
    if (this.#options.transport === 'sse_http') return this.#openLegacy(signal);
    try {
      return await this.#openStreamable(signal);
    } catch (error) {
      if (!(error instanceof RemoteError) || !MAYBE_LEGACY.includes(error.status ?? 0)) throw error;
      await this.#channel?.close();
      // Where the old transport is not there either, the first answer says more.
      return await this.#openLegacy(signal).catch((second: unknown) => {
        throw second instanceof RemoteError ? error : second;
      });
    }
  }

  /** Ends the session and every connection of it; a second call joins the first. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#channel?.close();
    await this.#options.link.http.destroy();
  }

  async #openStreamable(signal: AbortSignal): Promise<Connection> {
    const channel = new StreamableChannel(this.#options.link);
    const connection = await this.#shakeHands(this.#sessionOver(channel), signal);
    channel.openServerStream();
    return connection;
  }

  async #openLegacy(signal: AbortSignal): Promise<Connection> {
    const channel = new LegacyChannel(this.#options.link);
    const session = this.#sessionOver(channel);
    await channel.open(signal);
    return this.#shakeHands(session, signal);
  }

  #sessionOver(channel: StreamableChannel | LegacyChannel): Session {
    this.#channel = channel;
    const { link, gate, represented } = this.#options;
    return new Session(channel, { clock: link.clock, gate, represented, log: link.log });
  }

  async #shakeHands(session: Session, signal: AbortSignal): Promise<Connection> {
    const { version, link, represented } = this.#options;
    const { clock, timeoutMs } = link;
    const { capabilities } = represented;
    const failure = 'UpstreamUnreachable';
    const server = await handshake(session, { clock, version, capabilities, timeoutMs, signal, failure });
    return { session, server, close: () => this.close() };
  }
}
