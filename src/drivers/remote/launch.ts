import type { RemoteOrigin } from '../../manifest/index.ts';
import type { InstanceRef } from '../../reconcile/ports.ts';
import { DeadlineError, withDeadline } from '../../shared/abort.ts';
import { ClarityError, errorMessage } from '../../shared/errors.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { oneLine } from '../../shared/text.ts';
import type { DriverDeps } from '../deps.ts';
import { handshake } from '../handshake.ts';
import type { Launch, Running } from '../instance-driver.ts';
import { Session } from '../session.ts';
import { upstreamOf } from '../upstream.ts';
import { allowedEndpoint, shownUrl } from './endpoint.ts';
import { RemoteError } from './errors.ts';
import { HttpClient } from './http-client.ts';
import { LegacyChannel } from './legacy-channel.ts';
import type { RemoteLink } from './post.ts';
import { StreamableChannel } from './streamable-channel.ts';

/** Answers to initialize that may mean a server of the old transport (mcp-gateway §2.1). */
const MAYBE_LEGACY = [400, 404, 405];

/** Connects to a server that runs elsewhere (manifest.md, remote_mcp). */
export function launchRemote(deps: DriverDeps): Launch {
  return async (desired, ref, context) => {
    const { origin, startTimeoutMs } = desired.manifest.spec;
    if (origin.type !== 'remote_mcp') throw new ClarityError('Internal', `${origin.type} is no remote_mcp`);
    const url = allowedEndpoint(origin, desired, deps.allowHost);
    const link: RemoteLink = {
      clock: deps.clock,
      url,
      http: new HttpClient(origin, deps.secrets, deps.redact),
      maxPayloadBytes: origin.maxPayloadBytes,
      timeoutMs: Math.min(origin.timeoutMs, startTimeoutMs),
      log: (text) => deps.logs.append(ref.identity, 'runtime', text),
    };
    context.phase(`Connecting to ${shownUrl(url)}`);
    const connection = new RemoteConnection(deps, ref, origin, link);
    try {
      return await withDeadline(deps.clock, 'connecting', startTimeoutMs, context.signal, (signal) =>
        connection.open(signal),
      );
    } catch (error) {
      await connection.close();
      context.signal.throwIfAborted();
      throw startError(error, shownUrl(url));
    }
  };
}

/** One instance's connection, whichever transport it comes to. */
class RemoteConnection {
  readonly #deps: DriverDeps;
  readonly #ref: InstanceRef;
  readonly #origin: RemoteOrigin;
  readonly #link: RemoteLink;
  #channel: StreamableChannel | LegacyChannel | undefined;

  constructor(deps: DriverDeps, ref: InstanceRef, origin: RemoteOrigin, link: RemoteLink) {
    this.#deps = deps;
    this.#ref = ref;
    this.#origin = origin;
    this.#link = link;
  }

  async open(signal: AbortSignal): Promise<Running> {
    if (this.#origin.transport === 'sse_http') return this.#openLegacy(signal);
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

  async close(): Promise<void> {
    await this.#channel?.close();
    await this.#link.http.destroy();
  }

  async #openStreamable(signal: AbortSignal): Promise<Running> {
    const channel = new StreamableChannel(this.#link);
    const running = await this.#shakeHands(this.#sessionOver(channel), signal);
    channel.openServerStream();
    return running;
  }

  async #openLegacy(signal: AbortSignal): Promise<Running> {
    const channel = new LegacyChannel(this.#link);
    const session = this.#sessionOver(channel);
    await channel.open(signal);
    return this.#shakeHands(session, signal);
  }

  #sessionOver(channel: StreamableChannel | LegacyChannel): Session {
    this.#channel = channel;
    const { maxConcurrency, queueLimit } = this.#origin;
    return new Session(channel, { clock: this.#link.clock, maxConcurrency, queueLimit, log: this.#link.log });
  }

  async #shakeHands(session: Session, signal: AbortSignal): Promise<Running> {
    const { clock, timeoutMs } = this.#link;
    const { version } = this.#deps;
    const server = await handshake(session, { clock, version, timeoutMs, signal, failure: 'UpstreamUnreachable' });
    return {
      upstream: upstreamOf(this.#ref, server, session),
      // A lost connection is no exit: requests fail, and the controller's probe decides.
      ended: new Promise(() => undefined),
      stop: () => this.close(),
    };
  }
}

/** The error of a start, as the controller sorts it: terminal ones are not retried. */
function startError(error: unknown, shown: string): ClarityError {
  if (error instanceof RpcError && error.cause instanceof ClarityError) return error.cause;
  if (error instanceof DeadlineError || (error instanceof RpcError && error.code === RPC.timeout))
    return new ClarityError('UpstreamTimeout', `${shown}: ${error.message}`, { cause: error });
  if (error instanceof ClarityError)
    return new ClarityError(error.code, `${shown}: ${error.message}`, { cause: error });
  const text =
    error instanceof RpcError ? `refused initialize: ${oneLine(error.message)} (${error.code})` : errorMessage(error);
  return new ClarityError('UpstreamUnreachable', `${shown} ${text}`, { cause: error });
}
